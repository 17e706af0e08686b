package org.saddlepoint.data.images;

/** Which symbolic links in a folder of images are followed. A folder that is itself a link always is. */
public enum Links {
    /** Links to files within the folder. All others are listed as left out. */
    INSIDE,
    /**
     * All, to files and to folders, wherever they lead. A file has one name for each path that leads to it. A link to a
     * folder around itself is left out.
     */
    ALL
}
