using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmniIoT.Mqtt.Client;

namespace OmniIoT.Edge.Settings;

/// <summary>Reads <c>tls</c>: <c>true</c>, <c>false</c>, or <c>{"authority": file}</c>.</summary>
internal static class CloudTls
{
    private const string Key = "tls";
    private const string Authority = "authority";

    /// <summary>Null: plain TCP.</summary>
    public static MqttTlsOptions? Read(SettingsSection section)
    {
        SettingsSection tls = section.Part(Key);
        if (!tls.Has(Authority))
            return section.Flag(Key) ? new MqttTlsOptions() : null;
        tls.AllowOnly(Authority);
        X509Certificate2Collection authorities = [];
        string file = tls.Text(Authority) ?? "";
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            tls.Mistake(Authority, file, $"a file of certificates that can be read: {failure.Message}");
        }
        if (authorities.Count == 0)
            tls.Mistake(Authority, file, "a file with a certificate in PEM");
        return new MqttTlsOptions { CertificateAuthorities = authorities };
    }
}
