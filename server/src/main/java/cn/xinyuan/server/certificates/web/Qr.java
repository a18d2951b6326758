package cn.xinyuan.server.certificates.web;

import io.nayuki.qrcodegen.QrCode;

/** A QR of level M, as squares to draw; the quiet zone of four modules is the drawer's. */
record Qr(QrCode code) {

    static final int QUIET = 4;

    static Qr of(String text) {
        return new Qr(QrCode.encodeText(text, QrCode.Ecc.MEDIUM));
    }

    /** Modules on a side, the quiet zone included. */
    int size() {
        return code.size + 2 * QUIET;
    }

    /** The dark modules as an SVG path, quiet zone included; runs of a row are one rectangle. */
    String path() {
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (!code.getModule(x, y)) {
                    continue;
                }
                int run = 1;
                while (x + run < code.size && code.getModule(x + run, y)) {
                    run++;
                }
                path.append('M')
                        .append(x + QUIET)
                        .append(' ')
                        .append(y + QUIET)
                        .append('h')
                        .append(run)
                        .append("v1h-")
                        .append(run)
                        .append('z');
                x += run;
            }
        }
        return path.toString();
    }
}
