using System.Text;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Channels.Tests;

public sealed class EventStreamWriterTests
{
    [Fact]
    public async Task Events_positions_and_comments_are_written_as_the_standard_says()
    {
        using MemoryStream stream = new();
        EventStreamWriter writer = new(stream);

        writer.WriteComment("connected");
        writer.WritePosition(7);
        writer.WriteEvent(8, "case", "{\"a\":1}"u8);
        writer.WriteEvent(null, "twin", "one\ntwo"u8);
        Assert.Equal(0, stream.Length);
        await writer.FlushAsync(CancellationToken.None);

        Assert.Equal(
            ": connected\n\nid: 7\n\nid: 8\nevent: case\ndata: {\"a\":1}\n\nevent: twin\ndata: one\ndata: two\n\n",
            Encoding.UTF8.GetString(stream.ToArray())
        );
    }
}
