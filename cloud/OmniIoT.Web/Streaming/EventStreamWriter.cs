using System.Buffers;
using System.Globalization;
using System.Text;

namespace OmniIoT.Web.Streaming;

/// <summary>
/// Writes server-sent events (WHATWG HTML, "Server-sent events"). What is written stays in a buffer until
/// <see cref="FlushAsync"/>, which waits for a slow reader. For one writer.
/// </summary>
public sealed class EventStreamWriter(Stream stream)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    /// <summary>Whether nothing waits to be flushed.</summary>
    public bool IsEmpty => _buffer.WrittenCount == 0;

    /// <summary>Tells the position without an event: a client that reconnects at once resumes from here.</summary>
    public void WritePosition(long id)
    {
        WriteId(id);
        _buffer.Write("\n"u8);
    }

    /// <param name="id">Null: the event does not move the client's position.</param>
    /// <param name="name">The event's type; without line breaks.</param>
    /// <param name="data">UTF-8; every line becomes a line of data.</param>
    public void WriteEvent(long? id, string name, ReadOnlySpan<byte> data)
    {
        if (id is { } known)
            WriteId(known);
        WriteText("event: ");
        WriteText(name);
        foreach (Range line in data.Split((byte)'\n'))
        {
            _buffer.Write("\ndata: "u8);
            _buffer.Write(data[line]);
        }
        _buffer.Write("\n\n"u8);
    }

    /// <summary>A line that clients ignore; keeps intermediaries from closing a silent connection.</summary>
    public void WriteComment(string text)
    {
        WriteText(": ");
        WriteText(text);
        _buffer.Write("\n\n"u8);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (IsEmpty)
            return;
        await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _buffer.ResetWrittenCount();
    }

    private void WriteId(long id) => WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {id}\n"));

    private void WriteText(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
