package cn.xinyuan.server.issuing.web;

import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;

/**
 * What a label is drawn on: a PDF or the dots of a thermal printer. Lengths are millimetres from
 * the label's upper left corner, sizes of type are points.
 */
interface Surface {

    /** How wide a text comes out, in millimetres. */
    double width(String text, double size);

    /**
     * Writes a line.
     *
     * @param left where it begins
     * @param base its base line
     */
    void text(String text, double size, double left, double base, boolean bold) throws IOException;

    /** Fills an outline. */
    void fill(Shape outline, Color colour) throws IOException;

    /** Draws a line of some width along an outline. */
    void stroke(Shape outline, double width) throws IOException;

    void picture(BufferedImage picture, double left, double top, double width, double height)
            throws IOException;

    /** The nearest place from left to right that begins a dot; the place itself where none do. */
    double snapped(double left);

    /**
     * A QR with its quiet zone within a square; dots round its modules down to whole dots and
     * centre it.
     */
    void qr(QrCode code, double left, double top, double side) throws IOException;
}
