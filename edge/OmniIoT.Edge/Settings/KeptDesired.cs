using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Downlink;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Settings;

/// <summary>
/// The desired properties that were taken last, in a file beside the queue: after a restart they hold before the cloud can be reached, and
/// whether it can or not. Not safe for concurrent use.
/// </summary>
internal sealed partial class KeptDesired
{
    private readonly string _path;
    private readonly ILogger _logger;

    /// <param name="directory">Of the queue.</param>
    public KeptDesired(string directory, ILogger logger)
    {
        (_path, _logger) = (Path.Combine(directory, "desired"), logger);
        Current = Read();
    }

    /// <summary>Empty when nothing was taken yet.</summary>
    public JsonObject Current { get; private set; }

    /// <summary>
    /// Takes what of the desired properties is without a mistake; what has one stays as it was taken last. On the disk when this
    /// returns, or logged when the disk takes it not.
    /// </summary>
    /// <param name="properties">Those that are kept.</param>
    /// <param name="errors">What is wrong, by its place.</param>
    public void Take(JsonObject desired, IEnumerable<string> properties, IReadOnlyDictionary<string, string> errors)
    {
        JsonObject taken = [];
        foreach (string property in properties)
        {
            JsonNode? good =
                desired[property] is JsonObject parts && Current[property] is null or JsonObject && !errors.ContainsKey(property)
                    ? Parts(property, parts, errors)
                    : Good(property, desired[property], Current[property], errors);
            if (good is not null)
                taken[property] = good;
        }
        if (JsonNode.DeepEquals(taken, Current))
            return;
        Current = taken;
        Write();
    }

    /// <summary>A mistake in one sensor or output is not the others'.</summary>
    private JsonObject Parts(string property, JsonObject desired, IReadOnlyDictionary<string, string> errors) =>
        new(
            desired
                .Select(part =>
                    KeyValuePair.Create(part.Key, Good($"{property}.{part.Key}", part.Value, Current[property]?[part.Key], errors))
                )
                .Where(part => part.Value is not null)
        );

    private static JsonNode? Good(string place, JsonNode? desired, JsonNode? before, IReadOnlyDictionary<string, string> errors) =>
        (errors.Keys.Any(at => at == place || at.StartsWith($"{place}.", StringComparison.Ordinal)) ? before : desired)?.DeepClone();

    private JsonObject Read()
    {
        try
        {
            return File.Exists(_path) && UntrustedJson.Parse(File.ReadAllBytes(_path)) is JsonObject kept ? kept : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException || UntrustedJson.IsProblem(failure))
        {
            LogUnreadable(failure.Message);
            return [];
        }
    }

    private void Write()
    {
        try
        {
            Disk.Replace(_path, Encoding.UTF8.GetBytes(Current.ToJsonString()));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(failure.Message);
        }
    }

    [LoggerMessage(35, LogLevel.Error, "The desired properties that were taken last cannot be read: {Reason}")]
    private partial void LogUnreadable(string reason);

    [LoggerMessage(36, LogLevel.Error, "The desired properties cannot be written down: {Reason}")]
    private partial void LogNotWritten(string reason);
}
