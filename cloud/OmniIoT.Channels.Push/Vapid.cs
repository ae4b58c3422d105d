using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OmniIoT.Channels.WebChat;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.Push;

/// <summary>
/// By what the platform proves itself to push services (RFC 8292). The key follows from the platform's signing key: browsers bind what they
/// allow to it, so it is the same in every process and after every start.
/// </summary>
public sealed class Vapid(SigningKey signingKey, TimeProvider time) : IPushKey
{
    private const int SeedBytes = 48;

    // RFC 8292, 2: at most a day.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public async ValueTask<string> PublicAsync(CancellationToken cancellationToken)
    {
        using ECDsa key = await KeyAsync(cancellationToken);
        return PublicOf(key);
    }

    public string? FindMistake(Channel channel, PushSubscription subscription)
    {
        if (subscription.Endpoint.Length > PushSubscription.MaximumEndpointLength)
            return $"An endpoint of at most {PushSubscription.MaximumEndpointLength} characters is needed.";
        if (PushServices.Find(channel, subscription.Endpoint) is null)
            return "The endpoint belongs to no push service that is known here.";
        return PushKeys.Read(subscription) is null ? "The keys are none of a browser." : null;
    }

    /// <summary>The header that proves a call.</summary>
    /// <param name="service">Whom it is for: scheme, host and port.</param>
    /// <param name="subject">Whom the service may write to, <c>mailto:</c> or <c>https:</c>; null: nobody.</param>
    internal async ValueTask<AuthenticationHeaderValue> ProveAsync(string service, string? subject, CancellationToken cancellationToken)
    {
        using ECDsa key = await KeyAsync(cancellationToken);
        JsonObject claims = new() { ["aud"] = service, ["exp"] = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds() };
        if (subject is not null)
            claims["sub"] = subject;
        string said = $"{Part(new JsonObject { ["typ"] = "JWT", ["alg"] = "ES256" })}.{Part(claims)}";
        byte[] signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(said), HashAlgorithmName.SHA256);
        return new AuthenticationHeaderValue("vapid", $"t={said}.{Base64Url.EncodeToString(signature)}, k={PublicOf(key)}");
    }

    private async ValueTask<ECDsa> KeyAsync(CancellationToken cancellationToken)
    {
        byte[] secret = await signingKey.GetAsync(cancellationToken);
        byte[] seed = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, SeedBytes, info: "web push"u8.ToArray());
        return ECDsa.Create(P256.Private(seed));
    }

    private static string PublicOf(ECDsa key) =>
        Base64Url.EncodeToString(P256.PointOf(key.ExportParameters(includePrivateParameters: false)));

    private static string Part(JsonObject json) => Base64Url.EncodeToString(OmniJson.Utf8(json));
}
