package org.saddlepoint.cli;

class LabClaims1Test extends LabClaims {
    LabClaims1Test() {
        super(0);
    }
}
