package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.provider.Selection.Query;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class GoogleDriveTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return GoogleDrive.create();
    }

    /** At the top stand the two virtual entries beside the root's folders; the transcripts speak of the service's own lists. */
    @Override
    protected Query query(String transcript, Query usual) {
        if (usual.search() != null || usual.parent() != null) {
            return usual;
        }
        String parent = Map.of("list-shared-with-me", DriveFolders.SHARED, "list-shared-drives", DriveFolders.DRIVES)
                .getOrDefault(transcript, DriveFolders.ROOT);
        return new Query(usual.step(), usual.chosen(), parent, null, usual.page());
    }
}
