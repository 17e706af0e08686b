package org.saddlepoint.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntFunction;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Animations as GIF 89a with the looping extension of Netscape, shown for ever. A picture has at most 256 colours, so those
 * of RGB pictures are approximated; grey ones are exact. Times are rounded to hundredths of a second.
 */
final class AnimatedGif {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private AnimatedGif() {}

    /**
     * Writes an animation; asks for one frame after another, so that memory holds one of them.
     *
     * @param count how many frames
     */
    static void write(int count, IntFunction<Frame> frames, OutputStream target) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(target)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < count; i++) {
                Frame frame = frames.apply(i);
                ImageWriteParam how = writer.getDefaultWriteParam();
                IIOMetadata about = writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromRenderedImage(frame.picture()), how);
                IIOMetadataNode root = (IIOMetadataNode) about.getAsTree(FORMAT);
                IIOMetadataNode control = child(root, "GraphicControlExtension");
                control.setAttribute("disposalMethod", "none");
                control.setAttribute("userInputFlag", "FALSE");
                control.setAttribute("transparentColorFlag", "FALSE");
                control.setAttribute("transparentColorIndex", "0");
                control.setAttribute("delayTime", Integer.toString(Math.max(2, (frame.milliseconds() + 5) / 10)));
                if (i == 0) {
                    IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
                    loop.setAttribute("applicationID", "NETSCAPE");
                    loop.setAttribute("authenticationCode", "2.0");
                    loop.setUserObject(new byte[] {1, 0, 0}); // no end
                    child(root, "ApplicationExtensions").appendChild(loop);
                }
                about.setFromTree(FORMAT, root);
                writer.writeToSequence(new IIOImage(frame.picture(), null, about), how);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode made = new IIOMetadataNode(name);
        root.appendChild(made);
        return made;
    }
}
