using System.Security.Cryptography;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Updates;

/// <summary>Reads <c>updates</c>: <c>{directory, publicKey, healthCheck}</c>; the key is a file in PEM.</summary>
internal static class UpdateSettings
{
    private const string Key = "updates";

    // OID of NIST P-256, also named prime256v1 and secp256r1.
    private const string Curve = "1.2.840.10045.3.1.7";

    /// <summary>Null: nothing is updated.</summary>
    public static UpdateOptions? Read(SettingsSection settings)
    {
        if (!settings.Has(Key))
            return null;
        SettingsSection updates = settings.Part(Key);
        updates.AllowOnly("directory", "publicKey", "healthCheck");
        string directory = updates.Text("directory") ?? "";
        if (directory.Length == 0)
            updates.Mistake("directory", directory, "the path of a directory");
        string key = updates.File("publicKey") ?? "";
        if (!IsKey(key))
            updates.Mistake("publicKey", updates.Text("publicKey"), "a file with the public key of ECDSA P-256 in PEM");
        UpdateOptions standard = new() { Directory = directory, PublicKey = key };
        return standard with { HealthCheck = updates.Span("healthCheck", standard.HealthCheck) };
    }

    private static bool IsKey(string pem)
    {
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == Curve;
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
