using System.Text.Json.Nodes;

namespace OmniIoT.Ports.Channels;

/// <summary>Where a secret stands among the settings of a channel.</summary>
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
    public static SecretPlace? Find(JsonObject settings, string path)
    {
        string[] names = path.Split('/');
        JsonObject? parent = settings;
        foreach (string name in names[..^1])
            parent = parent?[name] as JsonObject;
        return parent?[names[^1]] is null ? null : new SecretPlace(parent, names[^1], path);
    }
}
