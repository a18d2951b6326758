package cn.xinyuan.codes;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a part of a value.
 *
 * @param rule null when nothing is
 * @param place the first wrong character of the part, counted from 1; 0 for the whole part
 */
record Fault(@Nullable Rule rule, int place, String hint, String hintInEnglish) {

    static final Fault NONE = new Fault(null, 0, "", "");

    static Fault at(Rule rule, int place) {
        return new Fault(rule, place, "", "");
    }

    static Fault when(boolean wrong, Rule rule) {
        return wrong ? at(rule, 0) : NONE;
    }

    static Fault when(boolean wrong, Rule rule, int place) {
        return wrong ? at(rule, place) : NONE;
    }
}
