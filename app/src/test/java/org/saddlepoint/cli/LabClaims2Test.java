package org.saddlepoint.cli;

class LabClaims2Test extends LabClaims {
    LabClaims2Test() {
        super(1);
    }
}
