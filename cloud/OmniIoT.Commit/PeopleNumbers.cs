using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.State;

namespace OmniIoT.Commit;

/// <summary>
/// Numbers of cases and conversations for people. Taken from storage a few at a time, so that opening one does not wait for a commit of
/// its own; a stop may leave a gap.
/// </summary>
public sealed class PeopleNumbers(ISequenceStore sequences)
{
    private const int Taken = 16;

    private readonly Block _cases = new(sequences, "case");
    private readonly Block _conversations = new(sequences, "conversation");

    public long Next(NumberKind kind) =>
        kind switch
        {
            NumberKind.Case => _cases.Next(),
            NumberKind.Conversation => _conversations.Next(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private sealed class Block(ISequenceStore sequences, string sequence)
    {
        private readonly Lock _lock = new();
        private long _next;
        private long _end;

        public long Next()
        {
            lock (_lock)
            {
                if (_next == _end)
                {
                    _next = sequences.Take(sequence, Taken);
                    _end = _next + Taken;
                }
                return _next++;
            }
        }
    }
}
