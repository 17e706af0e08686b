/** A small copy of the library's packages in which each rule of the architecture is broken once. */
package org.saddlepoint.testing.violations;
