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
            """),
    /** Properties that sensors measure, of the GS1 Web Vocabulary (EPCIS 2.0, 7.3.7). */
    MEASUREMENT(
            "",
            "",
            """
            AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
            AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity
            Area Capacitance Conductance Conductivity Count Density Dimensionless DoseEquivalent
            DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent
            ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency Illuminance
            Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
            LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass
            MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute
            MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity
            Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed
            SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate
            VolumeFraction VolumetricFlux Wavenumber
            """),
    /** What a sensor can cry out, of the GS1 Web Vocabulary. */
    SENSOR_ALERT("", "", "ALARM_CONDITION ERROR_CONDITION");

    /** Namespace of the Web URIs. */
    public static final String NAMESPACE = "https://ref.gs1.org/cbv/";

    /** Namespace of the GS1 Web Vocabulary, as the context of EPCIS 2.0 names it. */
    public static final String GS1 = "https://gs1.org/voc/";

    private static final String URN = "urn:epcglobal:cbv:";

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
        return word(written).map(this::web).orElse(written);
    }

    /**
     * The URN of a word of the standard, as XML of EPCIS 1 has it; anything else, and words that
     * have no URN, stay as written.
     */
    public String urn(String written) {
        return urnPart.isEmpty()
                ? written
                : word(written).map(w -> URN + urnPart + ":" + w).orElse(written);
    }

    /** The CURIE of a word of the standard; anything else stays as written. */
    public String curie(String written) {
        return word(written)
                .map(w -> webPart.isEmpty() ? "gs1:" + w : "cbv:" + webPart + "-" + w)
                .orElse(written);
    }

    /** The bare word, as JSON has it; anything else stays as written. */
    public String bare(String written) {
        return word(written).orElse(written);
    }

    /** The bare word for a URN of the standard; other spellings stay as written. */
    String fromUrn(String written) {
        return written.startsWith(URN) ? bare(written) : written;
    }

    /** The bare word for a URN or CURIE of the standard; other spellings stay as written. */
    String fromCurie(String written) {
        return written.startsWith(URN) || written.startsWith("cbv:") || written.startsWith("gs1:")
                ? bare(written)
                : written;
    }

    /** The URN for a bare word of the standard; other spellings stay as written. */
    String fromBare(String written) {
        return knows(written) ? urn(written) : written;
    }

    /** The CURIE for a bare word of the standard; other spellings stay as written. */
    String curieOfBare(String written) {
        return knows(written) ? curie(written) : written;
    }

    /** Whether a word bears the standard's prefix but is none of its words. */
    boolean claims(String written) {
        for (String prefix : prefixes()) {
            if (written.startsWith(prefix)) {
                return !words.contains(written.substring(prefix.length()));
            }
        }
        return false;
    }

    /** Whether two spellings mean the same. */
    public boolean same(String one, String other) {
        return webUri(one).equals(webUri(other));
    }

    private String web(String word) {
        return webPart.isEmpty() ? GS1 + word : NAMESPACE + webPart + "-" + word;
    }

    private String[] prefixes() {
        return webPart.isEmpty()
                ? new String[] {"gs1:", GS1, "https://ref.gs1.org/voc/", "https://www.gs1.org/voc/"}
                : new String[] {
                    "cbv:" + webPart + "-",
                    URN + urnPart + ":",
                    NAMESPACE + webPart + "-",
                    "http://ref.gs1.org/cbv/" + webPart + "-"
                };
    }
}
