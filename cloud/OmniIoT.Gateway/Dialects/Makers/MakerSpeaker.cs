using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>What is known of a device that speaks makers' words: what it said of itself, and which commands it has to answer.</summary>
internal sealed class MakerSpeaker(IReadOnlyList<MakerDevice> makers)
{
    private readonly Lock _lock = new();
    private readonly List<(string? Child, OpenCommand Command)> _open = [];

    public bool IsRemembered
    {
        get
        {
            lock (_lock)
                return makers.Any(maker => maker.IsRemembered);
        }
    }

    public bool Speaks(ReadOnlySpan<byte> topic)
    {
        lock (_lock)
            return Of(topic) is not null;
    }

    /// <summary>What a message means; one that breaks its reader is not understood.</summary>
    public Meaning Read(string topic, ReadOnlySpan<byte> utf8Topic, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            try
            {
                return Of(utf8Topic)?.Read(topic, payload) ?? Meaning.NotUnderstood("nobody's words any more");
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
            {
                return Meaning.NotUnderstood(error.Message);
            }
        }
    }

    /// <summary>It subscribed; what it is told at once.</summary>
    public IReadOnlyList<Said> Subscribed(string filter)
    {
        lock (_lock)
            return [.. makers.Select(maker => maker.Subscribed(filter)).OfType<Said>()];
    }

    /// <summary>A command in the words of whoever can say it; it is open from then on.</summary>
    /// <param name="isHeard">Whether anybody would get a message of this topic.</param>
    public Said? Ask(string? child, OpenCommand command, Func<string, bool> isHeard, Instant now)
    {
        lock (_lock)
        {
            Said? said = makers.Select(maker => maker.Ask(child, command)).FirstOrDefault(said => said is not null && isHeard(said.Topic));
            _open.RemoveAll(open => open.Command.ExpiresAt <= now || open.Command.Id == command.Id);
            if (said is not null)
                _open.Add((child, command));
            return said;
        }
    }

    public IReadOnlyList<Said> Tell(JsonObject change, Func<string, bool> isHeard)
    {
        lock (_lock)
            return [.. makers.Select(maker => maker.Tell(change)).OfType<Said>().Where(said => isHeard(said.Topic))];
    }

    /// <summary>The command that a message answers; null when it answers none.</summary>
    public (OpenCommand Command, CommandResult Result)? Settle(Answer answer)
    {
        lock (_lock)
        {
            for (int i = 0; i < _open.Count; i++)
            {
                if (_open[i].Child != answer.Child || answer.Judge(_open[i].Command) is not { } result)
                    continue;
                OpenCommand command = _open[i].Command;
                _open.RemoveAt(i);
                return (command, result);
            }
            return null;
        }
    }

    private MakerDevice? Of(ReadOnlySpan<byte> topic)
    {
        foreach (MakerDevice maker in makers)
            if (maker.Speaks(topic))
                return maker;
        return null;
    }
}
