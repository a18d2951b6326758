package cn.xinyuan.server.certificates.web;

import cn.xinyuan.server.pages.Badge;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One certificate as it stands on paper.
 *
 * @param qr the modules of the QR as an SVG path of unit squares, {@code qrSize} wide
 * @param phone masked for everyone but the committer and officials
 */
public record CertificatePage(
        String id,
        String number,
        String lotId,
        String lot,
        String product,
        String kilograms,
        String origin,
        String committer,
        String phone,
        String day,
        List<Basis> basis,
        Badge badge,
        @Nullable String revokedBecause,
        String edition,
        String address,
        String qr,
        int qrSize,
        boolean mayRevoke,
        Form form) {

    /** One of the grounds of the form, ticked or not. */
    public record Basis(String word, String english, boolean ticked) {}
}
