package cn.xinyuan.server.parties;

/** An administrative division of GB/T 2260 (six digits), or a town below it (nine). */
public record District(String code, String name, String nameEn) {}
