package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.Words;
import cn.xinyuan.server.scan.domain.Finding;
import cn.xinyuan.server.scan.domain.TypedCode;
import cn.xinyuan.server.scan.domain.TypedCode.Fault;
import cn.xinyuan.server.scan.web.CutAnswer.Slot;
import cn.xinyuan.server.scan.web.ScanPage.Retry;

/** What is wrong with a typed code and how to mend it. */
final class TypedWords {

    private TypedWords() {}

    static Retry retry(Finding f, Say say) {
        // only what has the form of a code is drawn with a mark in its place
        Fault fault =
                f.typed().text().equals(Slot.CODE.mark()) ? Fault.NOT_ISSUED : f.typed().fault();
        return new Retry(Words.groups(f.typed().text()), problem(f.typed(), fault, say));
    }

    /** What is wrong with a typed code and how to mend it. */
    static String problem(TypedCode typed, boolean english) {
        return problem(typed, typed.fault(), new Say(english));
    }

    private static String problem(TypedCode typed, Fault fault, Say say) {
        int length = typed.length();
        return switch (fault) {
            case EMPTY -> say.in("请输入标签上的 16 位编号。", "Type the 16 characters below the QR code.");
            case TOO_SHORT ->
                    say.in(
                            "少了 " + (16 - length) + " 位：已输入 " + length + " 位，应为 16 位。",
                            (16 - length) + " too few: " + length + " typed, 16 needed.");
            case TOO_LONG ->
                    say.in(
                            "多了 " + (length - 16) + " 位：已输入 " + length + " 位，应为 16 位。",
                            (length - 16) + " too many: " + length + " typed, 16 needed.");
            case STRANGE_CHARACTER ->
                    say.in(
                            "“" + typed.strange() + "”不是编号里会有的字符；编号只有数字和字母，没有 I、L、O、U。",
                            "“"
                                    + typed.strange()
                                    + "” is on no label: a code has digits and letters, without I, L,"
                                    + " O, U.");
            case NOT_ISSUED ->
                    say.in(
                            "位数对，但没有发放过这个编号。请逐位核对，例如 8 与 B、5 与 S、2 与 Z。",
                            "The length is right, but nobody issued this code. Check it character by"
                                    + " character, such as 8 and B, 5 and S, 2 and Z.");
        };
    }
}
