package dev.bulla.examples.vendorsdks;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import dev.bulla.Session;
import dev.bulla.providers.google.GoogleDrive;
import java.io.IOException;

class GoogleRequestsTest extends SdkContract {
    GoogleRequestsTest() {
        super(
                GoogleDrive.create(),
                new VendorApi.Answers(
                        "{\"user\": {\"displayName\": \"Alice\"}}",
                        401,
                        "{\"error\": {\"code\": 401, \"message\": \"no\"}}"));
    }

    @Override
    String whoAmI(String api, Session session, String connection) throws IOException {
        Drive drive = new Drive.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        new GoogleRequests(session, connection))
                .setRootUrl(api + "/")
                .setApplicationName("an application")
                .build();
        return drive.about().get().setFields("user").execute().getUser().getDisplayName();
    }
}
