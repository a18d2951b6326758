package cn.xinyuan.server.issuing.domain;

import java.math.BigDecimal;

/**
 * How labels are laid on paper.
 *
 * @param position where to begin on the first sheet, 1 to {@link LabelTemplate#perSheet}, row by
 *     row
 * @param rightMm how far everything is moved to the right, -9.9 to 9.9 mm; {@code downMm} likewise
 * @param scale against printers that stretch or shrink
 * @param printer the printer in the words of whoever prints; may be empty
 */
public record PrintSetting(
        LabelTemplate template,
        LabelFormat format,
        int position,
        BigDecimal rightMm,
        BigDecimal downMm,
        Scale scale,
        String printer) {

    /** From the first place, nothing moved, nothing scaled. */
    public static PrintSetting plain(LabelTemplate template, LabelFormat format) {
        return new PrintSetting(
                template, format, 1, BigDecimal.ZERO, BigDecimal.ZERO, Scale.NONE, "");
    }

    /**
     * In percent, 95.0 to 105.0; measured on the calibration page.
     *
     * @param across along the rows
     * @param down along the columns
     */
    public record Scale(BigDecimal across, BigDecimal down) {

        private static final BigDecimal LEAST = new BigDecimal("95");
        private static final BigDecimal MOST = new BigDecimal("105");

        public static final Scale NONE =
                new Scale(BigDecimal.valueOf(100), BigDecimal.valueOf(100));

        /** Whether a figure may be asked for: within 95 and 105, at most one decimal. */
        public static boolean fits(BigDecimal percent) {
            return percent.compareTo(LEAST) >= 0
                    && percent.compareTo(MOST) <= 0
                    && percent.stripTrailingZeros().scale() <= 1;
        }

        /** The smaller of the two, as a factor. */
        public double smaller() {
            return across.min(down).doubleValue() / 100;
        }
    }
}
