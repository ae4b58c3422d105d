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
    private const string Sealed = "sealed";
    private const string Set = "set";

    /// <summary>Puts the stored secret, opened, where a document that was read and is written again says only that there is one.</summary>
    /// <param name="stored">Null: there is none, and what says so stays to be refused.</param>
    public void Restore(JsonObject written, JsonObject? stored)
    {
        if (stored is null)
            return;
        Channel before = Open(ChannelDocument.Read(stored));
        foreach (SecretPlace place in PlacesIn(written))
        {
            if (IsHidden(place.Value) && SecretPlace.Find(before.Settings, place.Path) is { Value: JsonValue secret })
                place.Value = secret.DeepClone();
        }
    }

    /// <summary>Seals every secret that stands in the document as text.</summary>
    public void Seal(JsonObject document)
    {
        string id = ChannelDocument.Read(document).Id;
        foreach (SecretPlace place in PlacesIn(document))
        {
            if (place.Value is JsonValue secret)
                place.Value = new JsonObject
                {
                    [Sealed] = Convert.ToBase64String(sealer.Seal(OwnerOf(id, place), secret.GetValue<string>())),
                };
        }
    }

    /// <summary>As its adapter needs it. A secret that was sealed with another key is missing.</summary>
    public Channel Open(Channel channel)
    {
        JsonObject settings = (JsonObject)channel.Settings.DeepClone();
        foreach (string path in ChannelSecretNames.Of(channel.Type))
        {
            if (SecretPlace.Find(settings, path) is { } place && place.Value is JsonObject kept)
                place.Value = sealer.Open(OwnerOf(channel.Id, place), Convert.FromBase64String(kept[Sealed]?.GetValue<string>() ?? ""));
        }
        return channel with { Settings = settings };
    }

    /// <summary>Says of every secret only that there is one.</summary>
    public static void Hide(JsonObject document)
    {
        foreach (SecretPlace place in PlacesIn(document))
            place.Value = new JsonObject { [Set] = true };
    }

    private static IEnumerable<SecretPlace> PlacesIn(JsonObject document) =>
        document["type"] is JsonValue type && type.TryGetValue(out string? name) && document["settings"] is JsonObject settings
            ? ChannelSecretNames.Of(name).Select(path => SecretPlace.Find(settings, path)).OfType<SecretPlace>()
            : [];

    private static bool IsHidden(JsonNode? value) => value is JsonObject { Count: 1 } said && said[Set] is JsonValue;

    private static string OwnerOf(string id, SecretPlace place) => $"channel:{id}/{place.Path}";
}
