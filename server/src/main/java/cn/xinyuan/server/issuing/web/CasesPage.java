package cn.xinyuan.server.issuing.web;

import cn.xinyuan.server.pages.Form;
import java.util.List;

/** Cases and pallets of a producer. */
public record CasesPage(List<Row> rows, Form form, Form pallet, boolean demo) {

    /** One case or pallet. */
    public record Row(
            String address,
            String sscc,
            String kind,
            String boxes,
            String cases,
            String state,
            String pallet,
            String at) {}
}
