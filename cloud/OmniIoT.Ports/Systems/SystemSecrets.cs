using System.Text.Json.Nodes;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Security;

namespace OmniIoT.Ports.Systems;

/// <summary>Keeps the secrets of other systems' documents, as those of channels are kept.</summary>
public sealed class SystemSecrets(SecretSealer sealer)
{
    private readonly SealedPlaces _places = new(sealer);

    /// <summary>Puts the stored secret, opened, where a document that was read and is written again says only that there is one.</summary>
    /// <param name="stored">Null: there is none, and what says so stays to be refused.</param>
    /// <returns>Where the secret that is stored may not be put: it would be sent to another host than it was written for.</returns>
    public IReadOnlyList<string> Restore(DocumentKind kind, string id, JsonObject written, JsonObject? stored)
    {
        if (stored is null)
            return [];
        // Of a webhook's secret only signatures leave.
        if (kind is DocumentKind.Integration && OriginOf(written) != OriginOf(stored))
            return [.. SealedPlaces.Hidden(written, PathsOf(kind))];
        _places.Open(stored, OwnerOf(kind, id), PathsOf(kind));
        SealedPlaces.Restore(written, stored, PathsOf(kind));
        return [];
    }

    /// <summary>Seals every secret that stands in the document as text.</summary>
    public void Seal(DocumentKind kind, string id, JsonObject document) => _places.Seal(document, OwnerOf(kind, id), PathsOf(kind));

    /// <summary>What a webhook's calls are signed with; null: it was sealed with another key.</summary>
    public string? SecretOf(Webhook webhook)
    {
        JsonObject document = new() { ["secret"] = webhook.Secret?.DeepClone() };
        _places.Open(document, OwnerOf(DocumentKind.Webhook, webhook.Id), PathsOf(DocumentKind.Webhook));
        return (string?)document["secret"];
    }

    /// <summary>Says of every secret only that there is one.</summary>
    public static void Hide(DocumentKind kind, JsonObject document) => SealedPlaces.Hide(document, PathsOf(kind));

    /// <summary>An integration with its secrets as texts; null: one of them was sealed with another key.</summary>
    public Integration? Open(Integration integration)
    {
        JsonObject document = new() { ["credentials"] = integration.Credentials.DeepClone(), ["secret"] = integration.Secret?.DeepClone() };
        _places.Open(document, OwnerOf(DocumentKind.Integration, integration.Id), PathsOf(DocumentKind.Integration));
        JsonObject credentials = (JsonObject)document["credentials"]!;
        bool isWhole = credentials.All(static one => one.Value is not null) && integration.Secret is null == document["secret"] is null;
        return isWhole ? integration with { Credentials = credentials, Secret = document["secret"] } : null;
    }

    /// <summary>Scheme, host and port of the endpoint; null: it is no address.</summary>
    private static string? OriginOf(JsonObject integration) =>
        integration["endpoint"] is JsonValue value
        && value.TryGetValue(out string? text)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address.GetLeftPart(UriPartial.Authority)
            : null;

    private static string[] PathsOf(DocumentKind kind) =>
        kind is DocumentKind.Integration ? ["secret", "credentials/token", "credentials/apiKey"] : ["secret"];

    private static string OwnerOf(DocumentKind kind, string id) => $"{kind.ToString().ToLowerInvariant()}:{id}";
}
