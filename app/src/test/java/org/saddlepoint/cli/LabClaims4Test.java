package org.saddlepoint.cli;

class LabClaims4Test extends LabClaims {
    LabClaims4Test() {
        super(3);
    }
}
