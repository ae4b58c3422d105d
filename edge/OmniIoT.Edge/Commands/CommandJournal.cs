using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Downlink;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Commands;

/// <summary>
/// The commands that were carried out last and what was answered, in a file: one that the cloud sends again, even after a restart, is
/// answered again and not carried out twice. Not safe for concurrent use.
/// </summary>
internal sealed partial class CommandJournal
{
    /// <summary>Commands that are remembered; the cloud holds fewer for a device that is away.</summary>
    public const int Most = 512;

    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Dictionary<string, JsonObject> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];
    private int _lines;

    /// <param name="directory">Of the queue.</param>
    public CommandJournal(string directory, ILogger logger)
    {
        (_path, _logger) = (Path.Combine(directory, "commands"), logger);
        try
        {
            // Whatever of it is whole: a line that was cut off is a command that was not answered.
            foreach (string line in File.Exists(_path) ? File.ReadLines(_path) : [])
                Take(line);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(failure.Message);
        }
    }

    /// <summary>What was answered to it; null when it was not carried out yet.</summary>
    public JsonObject? Find(string id) => _answers.TryGetValue(id, out JsonObject? answer) ? (JsonObject)answer.DeepClone() : null;

    /// <summary>On the disk when this returns, or logged when the disk takes it not.</summary>
    public void Add(string id, JsonObject answer)
    {
        Remember(id, (JsonObject)answer.DeepClone());
        try
        {
            if (_lines >= 2 * Most)
                Disk.Replace(_path, Lines(_order.Select(kept => Line(kept, _answers[kept]))));
            else
                Append(Lines([Line(id, answer)]));
            _lines = _lines >= 2 * Most ? _order.Count : _lines + 1;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(failure.Message);
        }
    }

    private void Take(string line)
    {
        _lines++;
        try
        {
            JsonNode? node = UntrustedJson.Parse(Encoding.UTF8.GetBytes(line));
            if (node is JsonObject entry && (string?)entry["id"] is { } id && entry["answer"] is JsonObject answer)
                Remember(id, (JsonObject)answer.DeepClone());
        }
        catch (Exception failure) when (UntrustedJson.IsProblem(failure))
        {
            // Cut off or damaged.
        }
    }

    private void Remember(string id, JsonObject answer)
    {
        if (!_answers.ContainsKey(id))
            _order.Enqueue(id);
        _answers[id] = answer;
        while (_order.Count > Most)
            _answers.Remove(_order.Dequeue());
    }

    private static string Line(string id, JsonObject answer) =>
        new JsonObject { ["id"] = id, ["answer"] = answer.DeepClone() }.ToJsonString();

    /// <summary>Each in a line of its own, whatever was cut off before it.</summary>
    private static byte[] Lines(IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => $"\n{line}")));

    private void Append(byte[] lines)
    {
        using FileStream file = new(_path, FileMode.Append, FileAccess.Write);
        file.Write(lines);
        file.Flush(flushToDisk: true);
    }

    [LoggerMessage(29, LogLevel.Error, "The commands that were carried out cannot be read: {Reason}")]
    private partial void LogUnreadable(string reason);

    [LoggerMessage(30, LogLevel.Error, "A command that was carried out cannot be written down: {Reason}")]
    private partial void LogNotWritten(string reason);
}
