using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Ports.Security;

/// <summary>
/// Keeps the secrets of the documents of channels and of other systems: sealed in storage (<c>{"sealed":…}</c>), said to nobody
/// (<c>{"set":true}</c>), open only to what proves with them.
/// </summary>
public sealed class DocumentSecrets(SecretSealer sealer)
{
    private readonly SealedPlaces _places = new(sealer);

    /// <summary>Whether documents of a kind may have any.</summary>
    public static bool AreIn(DocumentKind kind) => kind is DocumentKind.Channel or DocumentKind.Webhook or DocumentKind.Integration;

    /// <summary>Says of every secret only that there is one.</summary>
    public static void Hide(DocumentKind kind, JsonObject document)
    {
        if (HolderOf(kind, document) is { } holder)
            SealedPlaces.Hide(holder, PathsOf(kind, document));
    }

    /// <summary>Puts the stored secret, opened, where a document that was read and is written again says only that there is one.</summary>
    /// <param name="stored">Null: there is none, and what says so stays to be refused.</param>
    /// <returns>Where the secret that is stored may not be put: it would be sent to another host than it was written for.</returns>
    public IReadOnlyList<string> Restore(DocumentKind kind, string id, JsonObject written, JsonObject? stored)
    {
        if (stored is null || HolderOf(kind, written) is not { } holder || HolderOf(kind, stored) is not { } kept)
            return [];
        string[] moved = [.. SealedPlaces.Hidden(holder, PathsOf(kind, written)).Where(path => HostOf(holder, path) != HostOf(kept, path))];
        // Of a webhook's secret only signatures leave.
        if (kind is not DocumentKind.Webhook && moved.Length > 0)
            return kind is DocumentKind.Channel ? [.. moved.Select(static path => "settings/" + path)] : moved;
        _places.Open(kept, OwnerOf(kind, id), PathsOf(kind, stored));
        SealedPlaces.Restore(holder, kept, PathsOf(kind, written));
        return [];
    }

    /// <summary>Seals every secret that stands in the document as text.</summary>
    public void Seal(DocumentKind kind, string id, JsonObject document)
    {
        if (HolderOf(kind, document) is { } holder)
            _places.Seal(holder, OwnerOf(kind, id), PathsOf(kind, document));
    }

    /// <summary>As its adapter needs it. A secret that was sealed with another key is missing.</summary>
    public Channel Open(Channel channel)
    {
        JsonObject settings = (JsonObject)channel.Settings.DeepClone();
        _places.Open(settings, OwnerOf(DocumentKind.Channel, channel.Id), ChannelSecretNames.Of(channel.Type));
        return channel with { Settings = settings };
    }

    /// <summary>What a webhook's calls are signed with; null: it was sealed with another key.</summary>
    public string? SecretOf(Webhook webhook)
    {
        JsonObject document = new() { ["secret"] = webhook.Secret?.DeepClone() };
        _places.Open(document, OwnerOf(DocumentKind.Webhook, webhook.Id), PathsOf(DocumentKind.Webhook, document));
        return (string?)document["secret"];
    }

    /// <summary>An integration with its secrets as texts; null: one of them was sealed with another key.</summary>
    public Integration? Open(Integration integration)
    {
        JsonObject document = new() { ["credentials"] = integration.Credentials.DeepClone(), ["secret"] = integration.Secret?.DeepClone() };
        _places.Open(document, OwnerOf(DocumentKind.Integration, integration.Id), PathsOf(DocumentKind.Integration, document));
        JsonObject credentials = (JsonObject)document["credentials"]!;
        bool isWhole = credentials.All(static one => one.Value is not null) && integration.Secret is null == document["secret"] is null;
        return isWhole ? integration with { Credentials = credentials, Secret = document["secret"] } : null;
    }

    /// <summary>In what the secrets stand; null: in nothing.</summary>
    private static JsonObject? HolderOf(DocumentKind kind, JsonObject document) =>
        kind is DocumentKind.Channel ? document["settings"] as JsonObject : document;

    private static IReadOnlyList<string> PathsOf(DocumentKind kind, JsonObject document) =>
        kind switch
        {
            DocumentKind.Channel => Text(document["type"]) is { } type ? ChannelSecretNames.Of(type) : [],
            DocumentKind.Integration => ["secret", "credentials/token", "credentials/apiKey"],
            _ => ["secret"],
        };

    /// <summary>Where a secret is sent: the host beside it, else the endpoint's scheme, host and port; null: the usual.</summary>
    private static string? HostOf(JsonObject holder, string path)
    {
        if (path.Split('/') is [var server, _] && Text((holder[server] as JsonObject)?["host"]) is { } host)
            return host;
        return Uri.TryCreate(Text(holder["endpoint"]), UriKind.Absolute, out Uri? address)
            ? address.GetLeftPart(UriPartial.Authority)
            : null;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string OwnerOf(DocumentKind kind, string id) => $"{kind.ToString().ToLowerInvariant()}:{id}";
}
