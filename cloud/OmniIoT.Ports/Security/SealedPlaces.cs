using System.Text.Json.Nodes;

namespace OmniIoT.Ports.Security;

/// <summary>
/// Keeps the secrets that stand at places of documents: sealed in storage (<c>{"sealed":…}</c>), said to nobody (<c>{"set":true}</c>).
/// </summary>
internal sealed class SealedPlaces(SecretSealer sealer)
{
    private const string Sealed = "sealed";
    private const string Set = "set";

    /// <summary>Puts the secret that there is where the document says only that there is one.</summary>
    /// <param name="opened">The document as it was before, its secrets open.</param>
    public static void Restore(JsonObject written, JsonObject opened, IEnumerable<string> paths)
    {
        foreach (SecretPlace place in Within(written, paths))
        {
            if (IsHidden(place.Value) && SecretPlace.Find(opened, place.Path) is { Value: JsonValue secret })
                place.Value = secret.DeepClone();
        }
    }

    /// <summary>The places of which a document says only that there is a secret.</summary>
    public static IEnumerable<string> Hidden(JsonObject document, IEnumerable<string> paths) =>
        Within(document, paths).Where(static place => IsHidden(place.Value)).Select(static place => place.Path);

    /// <summary>Says of every secret only that there is one.</summary>
    public static void Hide(JsonObject document, IEnumerable<string> paths)
    {
        foreach (SecretPlace place in Within(document, paths))
            place.Value = new JsonObject { [Set] = true };
    }

    /// <summary>Seals every secret that stands there as text.</summary>
    /// <param name="owner">Whose they are: sealed for one they open for no other.</param>
    public void Seal(JsonObject document, string owner, IEnumerable<string> paths)
    {
        foreach (SecretPlace place in Within(document, paths))
        {
            if (place.Value is JsonValue secret)
                place.Value = new JsonObject
                {
                    [Sealed] = Convert.ToBase64String(sealer.Seal(OwnerOf(owner, place), secret.GetValue<string>())),
                };
        }
    }

    /// <summary>Opens them in place. A secret that was sealed with another key is missing then.</summary>
    public void Open(JsonObject document, string owner, IEnumerable<string> paths)
    {
        foreach (SecretPlace place in Within(document, paths))
        {
            if (place.Value is JsonObject kept)
                place.Value = sealer.Open(OwnerOf(owner, place), Convert.FromBase64String(kept[Sealed]?.GetValue<string>() ?? ""));
        }
    }

    private static IEnumerable<SecretPlace> Within(JsonObject document, IEnumerable<string> paths) =>
        paths.Select(path => SecretPlace.Find(document, path)).OfType<SecretPlace>();

    private static bool IsHidden(JsonNode? value) => value is JsonObject { Count: 1 } said && said[Set] is JsonValue;

    private static string OwnerOf(string owner, SecretPlace place) => $"{owner}/{place.Path}";
}
