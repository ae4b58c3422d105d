using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmniIoT.Mqtt.Client;

namespace OmniIoT.Edge.Settings;

/// <summary>Reads <c>tls</c>: <c>true</c>, <c>false</c>, <c>{"authority": file}</c> or <c>{"pin": hash}</c>.</summary>
internal static class CloudTls
{
    private const string Key = "tls";
    private const string Authority = "authority";
    private const string Pin = "pin";
    private const string PinPrefix = "sha256/";

    /// <summary>Null: plain TCP.</summary>
    public static MqttTlsOptions? Read(SettingsSection section)
    {
        SettingsSection tls = section.Part(Key);
        if (!tls.Has(Authority) && !tls.Has(Pin))
            return section.Flag(Key) ? new MqttTlsOptions() : null;
        tls.AllowOnly(Authority, Pin);
        if (tls.Has(Authority) && tls.Has(Pin))
            tls.Mistake(Pin, tls.Text(Pin), "there beside an authority; one of the two");
        return tls.Has(Pin) ? Pinned(tls) : Authorized(tls);
    }

    private static MqttTlsOptions Pinned(SettingsSection tls)
    {
        string text = tls.Text(Pin) ?? "";
        if (Hash(text) is { } hash)
            return new MqttTlsOptions { Pin = hash };
        tls.Mistake(Pin, text, "the SHA-256 of the server's certificate or public key: 64 hexadecimal digits, or sha256/ and base64");
        return new MqttTlsOptions();
    }

    /// <summary>Null when it is no SHA-256, as openssl and curl write one.</summary>
    private static byte[]? Hash(string text)
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        string base64 = text.StartsWith(PinPrefix, StringComparison.OrdinalIgnoreCase) ? text[PinPrefix.Length..].TrimStart('/') : text;
        if (Convert.TryFromBase64String(base64, hash, out int length) && length == hash.Length)
            return hash;
        string hexadecimal = text.Replace(":", "", StringComparison.Ordinal);
        return
            hexadecimal.Length == 2 * hash.Length
            && Convert.FromHexString(hexadecimal, hash, out _, out _) == System.Buffers.OperationStatus.Done
            ? hash
            : null;
    }

    private static MqttTlsOptions Authorized(SettingsSection tls)
    {
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
