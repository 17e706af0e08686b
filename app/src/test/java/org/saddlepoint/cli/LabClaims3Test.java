package org.saddlepoint.cli;

class LabClaims3Test extends LabClaims {
    LabClaims3Test() {
        super(2);
    }
}
