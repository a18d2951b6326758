package cn.xinyuan.server.issuing.domain;

/**
 * What a print is handed over as: PDF for every printer, or the language of a thermal printer with
 * its resolution.
 */
public enum LabelFormat {
    PDF("PDF", "pdf", 0),
    /** Zebra Programming Language II. 203 dpi are 8 dots on a millimetre. */
    ZPL_203("ZPL，203 dpi", "zpl", 8),
    ZPL_300("ZPL，300 dpi", "zpl", 300 / 25.4),
    /** TSC Printer Language. */
    TSPL_203("TSPL，203 dpi", "tspl", 8),
    TSPL_300("TSPL，300 dpi", "tspl", 300 / 25.4);

    private final String words;
    private final String suffix;
    private final double dotsPerMm;

    LabelFormat(String words, String suffix, double dotsPerMm) {
        this.words = words;
        this.suffix = suffix;
        this.dotsPerMm = dotsPerMm;
    }

    public String words() {
        return words;
    }

    /** The end of the file's name. */
    public String suffix() {
        return suffix;
    }

    /** Whether the print consists of dots and not of lines and type. */
    public boolean isDots() {
        return dotsPerMm > 0;
    }

    /** 0 for PDF. */
    public double dotsPerMm() {
        return dotsPerMm;
    }

    /** The nearest number of dots. */
    public int dots(double mm) {
        return (int) Math.round(mm * dotsPerMm);
    }
}
