package dev.sluice.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Clients of this machine that look at the certificate that they are shown rather than trust it. */
final class TlsClient {
    /** No read waits longer, in milliseconds: far more than anything here takes. */
    static final int PATIENCE = 20_000;

    private TlsClient() {}

    /**
     * Shakes hands, and believes whatever certificate is shown.
     *
     * @param name to ask for, or null for none
     * @param suites to offer, or none for all that there are
     */
    static SSLSocket connect(int port, String name, String... suites) throws IOException {
        return connect(port, believing(), name, suites);
    }

    /** The same with the trust and the key of a context. */
    static SSLSocket connect(int port, SSLContext context, String name, String... suites) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE);
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        SSLParameters parameters = secure.getSSLParameters();
        if (name != null) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        if (suites.length > 0) {
            parameters.setCipherSuites(suites);
        }
        secure.setSSLParameters(parameters);
        try {
            secure.startHandshake();
            return secure;
        } catch (IOException refused) {
            secure.close();
            throw refused;
        }
    }

    /** The server's certificate on a connection. */
    static X509Certificate shown(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** The server's certificate on a new connection. */
    static X509Certificate shown(int port, String name, String... suites) throws IOException {
        try (SSLSocket socket = connect(port, name, suites)) {
            return shown(socket);
        }
    }

    /** What is answered to a GET on a connection, which is closed after it. */
    static String get(SSLSocket connection, String path, String host) throws IOException {
        try (SSLSocket socket = connection) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static SSLContext believing() {
        X509TrustManager everybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String kind) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {everybody}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
