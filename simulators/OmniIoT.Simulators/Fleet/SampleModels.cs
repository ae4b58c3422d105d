using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Fleet;

/// <summary>The sample device models, as they ship with the devices library.</summary>
public static class SampleModels
{
    private const string Folder = "models/";

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. typeof(SampleModels)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    public static JsonObject Read(string id)
    {
        using Stream stream =
            typeof(SampleModels).Assembly.GetManifestResourceStream($"{Folder}{id}.json")
            ?? throw new ArgumentException($"There is no sample model '{id}'.", nameof(id));
        return JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>Puts every sample model to the host.</summary>
    public static async Task PutAllAsync(OmniApi api, CancellationToken cancellationToken)
    {
        foreach (string id in Ids)
            await api.PutAsync($"models/{id}", Read(id), cancellationToken);
    }
}
