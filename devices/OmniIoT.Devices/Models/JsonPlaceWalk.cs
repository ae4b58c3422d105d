using System.Text;

namespace OmniIoT.Devices.Models;

/// <summary>Finds the lines and columns of offsets that only grow, so that each byte is looked at once however many there are.</summary>
internal sealed class JsonPlaceWalk(ReadOnlyMemory<byte> utf8)
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    /// <summary>The mistake with the place of the offset, which is not before that of the call before.</summary>
    public Mistake Place(Mistake mistake, int offset)
    {
        ReadOnlySpan<byte> passed = utf8.Span[_offset..offset];
        int lines = passed.Count((byte)'\n');
        if (lines > 0)
            _column = 1;
        _line += lines;
        _column += Encoding.UTF8.GetCharCount(passed[(passed.LastIndexOf((byte)'\n') + 1)..]);
        _offset = offset;
        return mistake with { Line = _line, Column = _column };
    }
}
