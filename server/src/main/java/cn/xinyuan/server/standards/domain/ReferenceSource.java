package cn.xinyuan.server.standards.domain;

/** Where the reference figures come from. */
@FunctionalInterface
public interface ReferenceSource {

    /**
     * @param demo whether the fictional edition is wanted too
     */
    Shelves.Reference read(boolean demo);
}
