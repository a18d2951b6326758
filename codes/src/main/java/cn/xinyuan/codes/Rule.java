package cn.xinyuan.codes;

/**
 * What can be wrong with GS1 data. The names of those that concern a value are the names of the GS1
 * Barcode Syntax Tests; each says in words what is wrong, and how to mend it where that is the same
 * every time.
 */
public enum Rule {
    // characters
    NON_DIGIT_CHARACTER("只能有数字 0-9", "only digits 0-9 may stand here"),
    INVALID_CSET82_CHARACTER(
            "这个字符不在 GS1 字符集 82 内；请用字母、数字或 !\"%&'()*+,-./:;<=>?_",
            "not a character of GS1 set 82; use letters, digits or !\"%&'()*+,-./:;<=>?_"),
    INVALID_CSET39_CHARACTER(
            "这个字符不在 GS1 字符集 39 内；请用大写字母、数字或 # - /",
            "not a character of GS1 set 39; use capitals, digits or # - /"),
    INVALID_CSET64_CHARACTER(
            "这个字符不在 base64url 字符集内；请用字母、数字、- 或 _",
            "not a character of base64url; use letters, digits, - or _"),
    INVALID_CSET64_PADDING(
            "末尾的 = 最多两个，且总长应是 3 的倍数；也可以全部省略",
            "at the end at most two =, the whole length a multiple of three; or none at all"),
    // length
    TOO_SHORT("太短", "too short"),
    TOO_LONG("太长", "too long"),
    // check digits and keys
    INCORRECT_CHECK_DIGIT("校验位不对，请对照标签核对", "the check digit does not fit; compare the label"),
    INCORRECT_CHECK_PAIR("末两位校验字符不对，请核对", "the two check characters do not fit"),
    TOO_SHORT_FOR_CHECK_PAIR("太短，放不下两位校验字符", "too short to hold the two check characters"),
    TOO_SHORT_FOR_GCP(
            "太短，放不下厂商识别代码（至少 4 位数字）", "too short for a company prefix (4 digits or more)"),
    INVALID_GCP_PREFIX(
            "应以厂商识别代码（至少 4 位数字）开头", "a company prefix (4 digits or more) should begin it"),
    REQUIRES_NON_DIGIT_CHARACTER("至少要有一个非数字字符", "at least one character must not be a digit"),
    // numbers
    ILLEGAL_ZERO_VALUE("不能全是 0", "must not be all zeros"),
    NOT_ZERO("只能是 0", "must be zero"),
    ILLEGAL_ZERO_PREFIX("不能以 0 开头", "must not begin with zero"),
    NOT_ZERO_OR_ONE("只能是 0（否）或 1（是）", "must be 0 (no) or 1 (yes)"),
    INVALID_WINDING_DIRECTION("卷绕方向只能是 0、1 或 9", "a winding direction is 0, 1 or 9"),
    ZERO_PIECE_NUMBER("件的序号从 01 开始", "pieces are counted from 01"),
    ZERO_TOTAL_PIECES("总件数至少是 01", "the total of pieces is at least 01"),
    PIECE_NUMBER_EXCEEDS_TOTAL("件的序号大于总件数", "the piece is beyond the total"),
    POSITION_IN_SEQUENCE_MALFORMED(
            "应写成“序号/总数”，例如 1/3", "should be written position/total, such as 1/3"),
    POSITION_EXCEEDS_END("序号大于总数", "the position is beyond the total"),
    // codes of others
    NOT_ISO3166("不是 ISO 3166 国家数字代码，例如中国 156", "not a country number of ISO 3166, such as 156"),
    NOT_ISO3166_OR_999(
            "不是 ISO 3166 国家数字代码，也不是 999", "neither a country number of ISO 3166 nor 999"),
    NOT_ISO3166_ALPHA2("不是 ISO 3166 两字母国家代码，例如 CN", "not a country of ISO 3166, such as CN"),
    NOT_ISO4217("不是 ISO 4217 货币数字代码，例如人民币 156", "not a currency number of ISO 4217, such as 156"),
    IBAN_TOO_SHORT("IBAN 太短", "too short for an IBAN"),
    INVALID_IBAN_CHARACTER("IBAN 只有大写字母和数字", "an IBAN has capitals and digits only"),
    ILLEGAL_IBAN_COUNTRY_CODE("IBAN 开头两位不是国家代码", "an IBAN begins with a country"),
    INCORRECT_IBAN_CHECKSUM("IBAN 校验不符", "the check digits of the IBAN do not fit"),
    INVALID_BIOLOGICAL_SEX_CODE("只能是 0、1、2 或 9（ISO 5218）", "must be 0, 1, 2 or 9 (ISO 5218)"),
    INVALID_MEDIA_TYPE("介质类型只能是 01-10 或 80-99", "a media type is 01 to 10 or 80 to 99"),
    INVALID_IMPORT_IDX_CHARACTER(
            "进口商索引只能是字母、数字、- 或 _", "an importer index is a letter, a digit, - or _"),
    NOT_HYPHEN("这里只能是负号 -", "only a minus sign may stand here"),
    INVALID_PERCENT_SEQUENCE("% 后面应是两位十六进制数字", "two hexadecimal digits must follow %"),
    INVALID_PACKAGE_TYPE("包装类型是 1 到 4 位大写字母或数字", "a package type has 1 to 4 capitals or digits"),
    // time and place
    ILLEGAL_MONTH("月份应为 01-12", "the month is 01 to 12"),
    ILLEGAL_DAY("这个月没有这一天", "the month has no such day"),
    ILLEGAL_HOUR("小时应为 00-23", "the hour is 00 to 23"),
    ILLEGAL_MINUTE("分钟应为 00-59", "the minute is 00 to 59"),
    ILLEGAL_SECOND("秒应为 00-59", "the second is 00 to 59"),
    INVALID_LATITUDE("纬度应不大于 1800000000", "the latitude is at most 1800000000"),
    INVALID_LONGITUDE("经度应不大于 3600000000", "the longitude is at most 3600000000"),
    // element strings
    UNKNOWN_AI("没有这个应用标识符（AI）", "there is no such application identifier"),
    DUPLICATE_AI("同一个应用标识符出现两次而内容不同", "the same identifier came twice with different values"),
    REQUIRED_AI_MISSING("缺少必须同时出现的应用标识符", "an identifier that must accompany it is missing"),
    EXCLUDED_AI("与另一个应用标识符不能同时出现", "must not stand beside another identifier"),
    BRACKETS_MALFORMED(
            "应写成 (01)…(10)…；内容里的左括号写成 \\(", "write (01)…(10)…; a bracket in a value is \\("),
    FNC1_MALFORMED("读不懂这串条码数据", "this string of a bar code cannot be read"),
    // Digital Link
    ILLEGAL_URI("不是网址，或含有网址里不能有的字符", "no web address, or a character that none may have"),
    NO_PRIMARY_KEY(
            "地址里没有 GS1 主键，例如 /01/ 加 14 位商品条码",
            "no GS1 primary key in the path, such as /01/ and the 14 digits of a GTIN"),
    QUALIFIER_NOT_ALLOWED("这个主键后面不能用它", "must not follow this primary key"),
    QUALIFIER_OUT_OF_ORDER("限定符的顺序不对", "the qualifiers are not in their order"),
    NOT_A_DATA_ATTRIBUTE("不能放在网址的 ? 后面", "must not stand behind the ? of an address"),
    CONVENIENCE_WORD("不再接受用单词代替应用标识符的地址", "words in place of identifiers are no longer taken"),
    SHORT_GTIN(
            "GTIN 在网址里要写满 14 位，前面补 0",
            "write a GTIN with 14 digits in an address, zeros before it");

    private final String chinese;
    private final String english;

    Rule(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /** What is wrong, in Chinese. */
    public String chinese() {
        return chinese;
    }

    /** What is wrong, in English. */
    public String english() {
        return english;
    }
}
