package dev.purser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

import dev.purser.journal.Accounts;
import dev.purser.lane.Wallets;
import dev.purser.sandbox.Banner;
import dev.purser.sandbox.DemoTokens;
import dev.purser.sandbox.DemoUser;
import dev.purser.sandbox.DemoUsers;
import io.vertx.core.Future;

/** What the sandbox does for a newcomer: demo users with tokens, and a banner with everything to paste. */
final class Greeting {

    private final Settings settings;
    private final Settings.Tokens.Secret secret;

    Greeting(Settings settings, Settings.Tokens.Secret secret) {
        this.settings = settings;
        this.secret = secret;
    }

    /** Gives the demo users what they begin with, and answers the banner. */
    Future<String> greet(Wallets wallets, Accounts accounts, int apiPort, int managementPort) {
        return new DemoUsers(wallets, accounts).welcome().map(welcomed -> banner(apiPort, managementPort));
    }

    private String banner(int apiPort, int managementPort) {
        DemoTokens tokens = new DemoTokens(secret.secret(), secret.issuer(), secret.audience(), Instant.now());
        String data = settings.database().embedded()
                ? settings.dataDir().toAbsolutePath() + " (kept from run to run)"
                : "the PostgreSQL of PURSER_DATABASE_URL";
        return new Banner(url(settings.http().host(), apiPort), url(settings.management().host(), managementPort), data,
                write(tokens), tokens.of(DemoUser.ALICE)).text();
    }

    private static String url(String host, int port) {
        return "http://" + ("127.0.0.1".equals(host) || "0.0.0.0".equals(host) ? "localhost" : host) + ":" + port;
    }

    /** Keeps all tokens in a file that a shell can read, and nobody but the owner. */
    private Path write(DemoTokens tokens) {
        Path file = settings.dataDir().resolve("tokens.env");
        try {
            Files.createDirectories(settings.dataDir());
            Files.deleteIfExists(file);
            if (Files.getFileStore(settings.dataDir()).supportsFileAttributeView("posix")) {
                Files.createFile(file,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return Files.writeString(file, tokens.asShellVariables());
        } catch (IOException e) {
            throw new IllegalStateException("Could not write the demo users' tokens to " + file, e);
        }
    }
}
