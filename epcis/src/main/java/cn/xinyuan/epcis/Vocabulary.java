package cn.xinyuan.epcis;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The words of CBV 2.0 (ISO/IEC 19988), chapter 7. Each word may be written bare ({@code
 * shipping}), as CURIE ({@code cbv:BizStep-shipping}), as URN ({@code
 * urn:epcglobal:cbv:bizstep:shipping}) or as Web URI ({@code
 * https://ref.gs1.org/cbv/BizStep-shipping}); here they compare equal.
 */
public enum Vocabulary {
    BIZ_STEP(
            "BizStep",
            "bizstep",
            """
            accepting arriving assembling collecting commissioning consigning
            creating_class_instance cycle_counting decommissioning departing destroying
            disassembling dispensing encoding entering_exiting holding inspecting installing killing
            loading other packing picking receiving removing repackaging repairing replacing
            reserving retail_selling sampling sensor_reporting shipping staging_outbound stock_taking
            stocking storing transporting unloading unpacking void_shipping
            """),
    DISPOSITION(
            "Disp",
            "disp",
            """
            active available completeness_verified completeness_inferred conformant container_closed
            container_open damaged destroyed dispensed disposed encoded expired in_progress
            in_transit inactive mismatch_instance mismatch_class mismatch_quantity needs_replacement
            no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved
            retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable
            unknown
            """),
    BIZ_TRANSACTION_TYPE(
            "BTT",
            "btt",
            "bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt"),
    SOURCE_DESTINATION_TYPE("SDT", "sdt", "owning_party possessing_party location"),
    ERROR_REASON("ER", "er", "did_not_occur incorrect_data"),
    COMPONENT(
            "Comp",
            "comp",
            """
            x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting
            northing latitude longitude altitude
            """);

    /** Namespace of the Web URIs. */
    public static final String NAMESPACE = "https://ref.gs1.org/cbv/";

    private final String webPart;
    private final String urnPart;
    private final Set<String> words;

    Vocabulary(String webPart, String urnPart, String words) {
        this.webPart = webPart;
        this.urnPart = urnPart;
        this.words = new LinkedHashSet<>(Arrays.asList(words.strip().split("\\s+")));
    }

    /** Whether the standard knows the bare word. */
    public boolean knows(String word) {
        return words.contains(word);
    }

    /** The bare word behind any of the four spellings; empty for a word of somebody's own. */
    public Optional<String> word(String written) {
        for (String prefix : prefixes()) {
            if (written.startsWith(prefix)) {
                return Optional.of(written.substring(prefix.length())).filter(words::contains);
            }
        }
        return Optional.of(written).filter(words::contains);
    }

    /** The Web URI of a word of the standard; anything else stays as written. */
    public String webUri(String written) {
        return word(written).map(w -> NAMESPACE + webPart + "-" + w).orElse(written);
    }

    /** Whether two spellings mean the same. */
    public boolean same(String one, String other) {
        return webUri(one).equals(webUri(other));
    }

    private String[] prefixes() {
        return new String[] {
            "cbv:" + webPart + "-",
            "urn:epcglobal:cbv:" + urnPart + ":",
            NAMESPACE + webPart + "-",
            "http://ref.gs1.org/cbv/" + webPart + "-"
        };
    }
}
