package cn.xinyuan.postgres;

import java.nio.file.Path;

/** Another program already works on this data folder; nothing was touched. */
public final class FolderInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FolderInUse(Path folder, String owner) {
        super(
                "Another Xinyuan%s is already using the data folder %s; stop it first, or choose another folder with --data."
                        .formatted(owner.isEmpty() ? "" : " (process " + owner + ")", folder));
    }
}
