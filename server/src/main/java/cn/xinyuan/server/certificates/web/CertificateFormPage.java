package cn.xinyuan.server.certificates.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the platform knows about a lot before somebody commits himself.
 *
 * @param held why the lot is held; null when it is free
 * @param shut why the harvest gate of a plot was shut on harvest day; empty when none was
 * @param gap what was used but not tested
 */
public record CertificateFormPage(
        String lotId,
        String lot,
        String product,
        String kilograms,
        String origin,
        String committer,
        String phone,
        @Nullable String held,
        List<String> shut,
        boolean tested,
        List<String> gap,
        List<Choice> basis,
        Form form) {}
