package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.issuing.domain.LabelTemplate;
import cn.xinyuan.server.issuing.domain.PrintSetting;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/**
 * Printing labels of one batch, and what was printed of it.
 *
 * @param scratched whether its product bears hidden codes under a scratch panel
 */
public record LabelsPage(
        String address,
        String number,
        String product,
        String codes,
        boolean scratched,
        Form form,
        List<Print> prints,
        List<Released> releases) {

    /**
     * One print.
     *
     * @param address of the file; empty when it is there no more
     * @param how file, calibration, and how often the file was fetched
     */
    public record Print(
            String address,
            String first,
            String last,
            String count,
            String template,
            String how,
            String by,
            String printer,
            String reason,
            String at) {

        /** Such as {@code PDF，从第 4 枚起，右移 0.5 mm，取用 1 次}. */
        static String how(PrintSetting setting, long fetches) {
            var words = new StringBuilder(setting.format().words());
            LabelTemplate template = setting.template();
            if (!template.isRoll() && setting.position() > 1) {
                words.append("，从第 ").append(setting.position()).append(" 枚起");
            }
            if (setting.rightMm().signum() != 0 || setting.downMm().signum() != 0) {
                words.append("，右移 ")
                        .append(setting.rightMm().stripTrailingZeros().toPlainString())
                        .append(" 下移 ")
                        .append(setting.downMm().stripTrailingZeros().toPlainString())
                        .append(" mm");
            }
            return words.append("，取用 ").append(fetches).append(" 次").toString();
        }
    }

    /** A release by an official. */
    public record Released(
            String first, String last, String by, String reason, String at, boolean used) {}
}
