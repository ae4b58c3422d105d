using System.Buffers;
using System.Text;
using System.Text.Json;
using OmniIoT.Telemetry.Influx.Querying;

namespace OmniIoT.Telemetry.Influx.Tests.Querying;

public sealed class AnswerParserTests
{
    public static TheoryData<string, string> Answers { get; } =
        new()
        {
            // InfluxDB 1.x and 2.
            {
                """{"results":[{"statement_id":0,"series":[{"name":"telemetry","columns":["time","kind","text"],"values":[[-5,1,null],[9007199254740993,3,"a\"\u00e9\n]"]]}]}]}"""
                    + "\n",
                "|-5 1 null; |9007199254740993 3 a\"é\n]"
            },
            // By tag, in several series.
            {
                """{"results":[{"statement_id":0,"series":[{"name":"t","tags":{"metric":"a b"},"columns":["time","kind","text"],"values":[[1,1,"x"]]},{"name":"t","tags":{"metric":"c"},"columns":["time","kind","text"],"values":[[2,3,"y"]]}]}]}""",
                "a b|1 1 x; c|2 3 y"
            },
            // InfluxDB 3: spaces, no statement_id, a tag after the columns.
            {
                """{ "results": [ { "series": [ { "name": "t", "columns": [ "time", "kind", "text" ], "tags": { "metric": "m" }, "values": [ [ 1, 2, "z" ] ] } ] } ] }""",
                "m|1 2 z"
            },
            { """{"results":[{"statement_id":0}]}""", "" },
            { """{"results":[]}""", "" },
            { """{"results":[{"statement_id":0,"series":[]}]}""", "" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_the_same_wherever_it_is_cut_on_its_way(string json, string rows)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            List<string> read = [];
            AnswerParser parser = Parser(read);
            long taken = bytes.AsSpan(0, cut).Length - Rest(parser, bytes.AsMemory(0, cut), isLast: false);
            Rest(parser, bytes.AsMemory((int)taken), isLast: true);

            Assert.Equal(rows, string.Join("; ", read));
            Assert.Null(parser.Error);
            Assert.False(parser.IsPartial);
        }
    }

    [Theory]
    [InlineData("""{"error":"unable to parse"}""", "unable to parse")]
    [InlineData("""{"results":[{"statement_id":0,"error":"database not found: x"}]}""", "database not found: x")]
    public void What_the_server_has_against_the_question_is_said(string json, string error)
    {
        AnswerParser parser = Parser([]);
        Rest(parser, Encoding.UTF8.GetBytes(json), isLast: true);

        Assert.Equal(error, parser.Error);
    }

    [Theory]
    [InlineData("""{"results":[{"series":[{"name":"t","columns":["time","kind","text"],"values":[[1,1,"x"]],"partial":true}]}]}""")]
    [InlineData("""{"results":[{"series":[{"name":"t","columns":["time","kind","text"],"values":[[1,1,"x"]]}],"partial":true}]}""")]
    public void An_answer_that_the_server_cut_off_is_known(string json)
    {
        AnswerParser parser = Parser([]);
        Rest(parser, Encoding.UTF8.GetBytes(json), isLast: true);

        Assert.True(parser.IsPartial);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"results":[""")]
    [InlineData("")]
    [InlineData("""{"results":[{"series":[{"columns":["time","text","kind"],"values":[[1,"x",1]]}]}]}""")]
    [InlineData("""{"results":[{"series":[{"columns":["time","kind","text"],"values":[[1,1]]}]}]}""")]
    [InlineData("""{"results":[{"series":[{"columns":["time","kind","text"],"values":[[1,1,true]]}]}]}""")]
    public void What_is_no_answer_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => Rest(Parser([]), Encoding.UTF8.GetBytes(json), isLast: true));

    private static AnswerParser Parser(List<string> rows) =>
        new(
            ["time", "kind", "text"],
            row => rows.Add($"{row.Tag}|{row.Cells[0].Integer} {row.Cells[1].Number} {(row.Cells[2].IsNull ? "null" : row.Cells[2].Text)}")
        );

    /// <returns>How many bytes were not taken.</returns>
    private static long Rest(AnswerParser parser, ReadOnlyMemory<byte> bytes, bool isLast)
    {
        ReadOnlySequence<byte> sequence = new(bytes);
        return sequence.Slice(parser.Parse(sequence, isLast)).Length;
    }
}
