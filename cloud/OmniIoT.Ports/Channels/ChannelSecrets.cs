using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Security;

namespace OmniIoT.Ports.Channels;

/// <summary>
/// Keeps the secrets of channels' documents: sealed in storage (<c>{"sealed":…}</c>), said to nobody (<c>{"set":true}</c>), open only to
/// the adapter that proves with them.
/// </summary>
public sealed class ChannelSecrets(SecretSealer sealer)
{
    private readonly SealedPlaces _places = new(sealer);

    /// <summary>Puts the stored secret, opened, where a document that was read and is written again says only that there is one.</summary>
    /// <param name="stored">Null: there is none, and what says so stays to be refused.</param>
    public void Restore(JsonObject written, JsonObject? stored)
    {
        if (stored is not null && SettingsOf(written) is { } settings)
            SealedPlaces.Restore(settings, Open(ChannelDocument.Read(stored)).Settings, PathsOf(written));
    }

    /// <summary>Seals every secret that stands in the document as text.</summary>
    public void Seal(JsonObject document)
    {
        if (SettingsOf(document) is { } settings)
            _places.Seal(settings, OwnerOf(ChannelDocument.Read(document).Id), PathsOf(document));
    }

    /// <summary>As its adapter needs it. A secret that was sealed with another key is missing.</summary>
    public Channel Open(Channel channel)
    {
        JsonObject settings = (JsonObject)channel.Settings.DeepClone();
        _places.Open(settings, OwnerOf(channel.Id), ChannelSecretNames.Of(channel.Type));
        return channel with { Settings = settings };
    }

    /// <summary>Says of every secret only that there is one.</summary>
    public static void Hide(JsonObject document)
    {
        if (SettingsOf(document) is { } settings)
            SealedPlaces.Hide(settings, PathsOf(document));
    }

    private static JsonObject? SettingsOf(JsonObject document) => document["settings"] as JsonObject;

    private static IEnumerable<string> PathsOf(JsonObject document) =>
        document["type"] is JsonValue type && type.TryGetValue(out string? name) ? ChannelSecretNames.Of(name) : [];

    private static string OwnerOf(string id) => $"channel:{id}";
}
