using OmniIoT.Ports.State;

namespace OmniIoT.Commit;

/// <summary>
/// Case numbers for people. Taken from storage a few at a time, so that opening a case does not wait for a commit of its own;
/// a stop may leave a gap.
/// </summary>
public sealed class CaseNumbers(ISequenceStore sequences)
{
    private const string Sequence = "case";
    private const int Block = 16;

    private readonly Lock _lock = new();
    private long _next;
    private long _end;

    public long Next()
    {
        lock (_lock)
        {
            if (_next == _end)
            {
                _next = sequences.Take(Sequence, Block);
                _end = _next + Block;
            }
            return _next++;
        }
    }
}
