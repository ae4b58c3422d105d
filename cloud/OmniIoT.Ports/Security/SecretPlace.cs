using System.Text.Json.Nodes;

namespace OmniIoT.Ports.Security;

/// <summary>Where a secret stands in a document.</summary>
internal sealed class SecretPlace
{
    private readonly JsonObject _parent;
    private readonly string _name;

    private SecretPlace(JsonObject parent, string name, string path) => (_parent, _name, Path) = (parent, name, path);

    /// <summary>The names down to it, a slash between them.</summary>
    public string Path { get; }

    public JsonNode? Value
    {
        get => _parent[_name];
        set => _parent[_name] = value;
    }

    /// <summary>Null when nothing stands there.</summary>
    public static SecretPlace? Find(JsonObject document, string path)
    {
        string[] names = path.Split('/');
        JsonObject? parent = document;
        foreach (string name in names[..^1])
            parent = parent?[name] as JsonObject;
        return parent?[names[^1]] is null ? null : new SecretPlace(parent, names[^1], path);
    }
}
