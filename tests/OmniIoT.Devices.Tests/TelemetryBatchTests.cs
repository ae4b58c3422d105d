using System.Buffers;
using System.Globalization;
using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Tests;

public sealed class TelemetryBatchTests
{
    private readonly MetricTable _table = new(
        TestDevice.Read("""{"id":"m","metrics":{"temperature":{"unit":"Cel"},"door":{"values":["open","closed"]},"on":{}}}""").Schema
    );

    private readonly TelemetryBatch _batch = new();

    [Fact]
    public void A_point_has_time_sequence_and_values()
    {
        Read("""{"ts":"2026-11-22T01:33:00Z","seq":7,"values":{"temperature":71.3,"door":"open","on":true}}""");

        TelemetryPoint point = Assert.Single(_batch.Points.ToArray());
        Assert.Equal(new Instant(1_795_311_180_000), point.At);
        Assert.Equal(7, point.Seq);
        Assert.Equal("temperature=71.3 door=open on=true", Written(point));
    }

    [Theory]
    [InlineData("""{"temperature":71.3}""", "temperature=71.3")]
    [InlineData("""{"values":{"temperature":1},"ts":5}""", "temperature=1")]
    [InlineData("""{"ts":null,"seq":null,"values":{"on":false}}""", "on=false")]
    [InlineData("""{"battery":3.1,"values":{"on":false},"unit":{"a":[1]}}""", "on=false")]
    [InlineData("""{"values":5,"temperature":2}""", "values=5 temperature=2")]
    [InlineData("""{"ts":5,"temperature":2}""", "ts=5 temperature=2")]
    [InlineData("""{"temper\u0061ture":3,"n\u00e9":"a\"b"}""", "temperature=3 né=a\"b")]
    [InlineData("""{}""", "")]
    [InlineData(""" {"values":{}} """, "")]
    public void The_forms_are_told_apart(string json, string expected)
    {
        Read(json);

        Assert.Equal(expected, Written(Assert.Single(_batch.Points.ToArray())));
    }

    [Theory]
    [InlineData("""{"battery":null,"temperature":22.5}""", "temperature=22.5", 1)]
    [InlineData("""{"ts":1000,"values":{"temperature":1,"battery":null,"on":null}}""", "temperature=1", 2)]
    [InlineData("""[{"values":{"battery":null}},{"battery":null,"temperature":2}]""", " temperature=2", 2)]
    public void Nulls_are_left_out_counted_and_take_no_names(string json, string expected, int nulls)
    {
        Read(json);

        Assert.Equal((expected, nulls), (string.Join(' ', _batch.Points.ToArray().Select(point => Written(point))), _batch.NullCount));
        Assert.False(_table.TryFind("battery"u8, out _));
    }

    [Fact]
    public void A_backfill_keeps_its_order()
    {
        Read("""[{"ts":1000,"values":{"temperature":1}},{"ts":2000,"seq":2,"values":{"temperature":2,"new":1}},{"new":2}]""");

        Assert.Equal(
            ["1000 temperature=1", "2000 temperature=2 new=1", " new=2"],
            _batch.Points.ToArray().Select(point => $"{point.At?.UnixMilliseconds} {Written(point)}")
        );
        Assert.Equal(4, _table.Count);
    }

    [Theory]
    [InlineData("", PayloadProblemKind.InvalidJson, "Not JSON")]
    [InlineData("hello", PayloadProblemKind.InvalidJson, "line 1")]
    [InlineData("""{"temperature":1""", PayloadProblemKind.InvalidJson, "Not JSON")]
    [InlineData("""{"temperature":1} x""", PayloadProblemKind.InvalidJson, "Not JSON")]
    [InlineData("""{"temperature":null""", PayloadProblemKind.InvalidJson, "Not JSON")]
    [InlineData("""{"temperature":"\ud800"}""", PayloadProblemKind.InvalidJson, "escape")]
    [InlineData("5", PayloadProblemKind.WrongShape, "The payload is the number 5; an object or an array")]
    [InlineData("\"hot\"", PayloadProblemKind.WrongShape, "the text 'hot'")]
    [InlineData("null", PayloadProblemKind.WrongShape, "null")]
    [InlineData("""{"values":{"temperature":{"v":1}}}""", PayloadProblemKind.WrongShape, "/values/temperature is an object")]
    [InlineData("""{"ts":1000,"values":5}""", PayloadProblemKind.WrongShape, "/values is the number 5; one object")]
    [InlineData("""[{"seq":1,"values":"x"}]""", PayloadProblemKind.WrongShape, "/0/values is the text 'x'; one object")]
    [InlineData("""{"values":[1]}""", PayloadProblemKind.WrongShape, "/values is an array")]
    [InlineData("""{"ts":"noon","values":{}}""", PayloadProblemKind.WrongShape, "/ts is the text 'noon'; ISO 8601")]
    [InlineData("""{"seq":1.5,"values":{}}""", PayloadProblemKind.WrongShape, "/seq is the number 1.5; a 64-bit integer")]
    [InlineData("""{"seq":9223372036854775808,"values":{}}""", PayloadProblemKind.WrongShape, "/seq")]
    [InlineData("""[5,{"a/b":[]}]""", PayloadProblemKind.WrongShape, "/0 is the number 5")]
    [InlineData("""[{"temperature":1},{"a/b":[]]""", PayloadProblemKind.InvalidJson, "Not JSON")]
    [InlineData("""{"values":{"temperature":null}}""", PayloadProblemKind.WrongShape, "All values are null")]
    [InlineData("""[{"temperature":null},{"a":null}]""", PayloadProblemKind.WrongShape, "All values are null")]
    [InlineData("""{"":1}""", PayloadProblemKind.WrongShape, "name of 1 to 128 bytes")]
    [InlineData("""{"values":{"temperature":1e999}}""", PayloadProblemKind.NotFinite, "/values/temperature")]
    [InlineData("""{"temperature":-1e999}""", PayloadProblemKind.NotFinite, "-1e999")]
    [InlineData("""{"temperature":NaN}""", PayloadProblemKind.NotFinite, "not finite")]
    [InlineData("""{"a":1,"temperature":Infinity}""", PayloadProblemKind.NotFinite, "not finite")]
    [InlineData("""{"temperature": -Infinity}""", PayloadProblemKind.NotFinite, "not finite")]
    public void What_cannot_be_understood_is_named(string json, PayloadProblemKind kind, string detail)
    {
        Assert.False(_batch.TryRead(Encoding.UTF8.GetBytes(json), _table, out PayloadProblem? problem));

        Assert.Equal(kind, problem.Kind);
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(0, _batch.Points.Length);
        Assert.Equal(3, _table.Count);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_no_json()
    {
        Assert.False(_batch.TryRead([(byte)'"', 0xff, (byte)'"'], _table, out PayloadProblem? problem));
        Assert.Equal(PayloadProblemKind.InvalidJson, problem.Kind);
    }

    [Fact]
    public void The_largest_payload_is_256_KiB()
    {
        byte[] json = new byte[Payload.MaxBytes];
        Array.Fill(json, (byte)' ');
        "{}"u8.CopyTo(json);

        Assert.True(_batch.TryRead(json, _table, out _));
        Assert.False(_batch.TryRead([.. json, (byte)' '], _table, out PayloadProblem? problem));
        Assert.Equal(PayloadProblemKind.TooLarge, problem.Kind);
    }

    [Fact]
    public void A_message_that_is_no_array_is_read_whole_or_not_at_all()
    {
        Assert.False(_batch.TryRead("""{"fresh":1,"temperature":2,"odd":[]}"""u8, _table, out PayloadProblem? problem));

        Assert.StartsWith("/odd is an array", problem.Detail, StringComparison.Ordinal);
        Assert.False(_table.TryFind("fresh"u8, out _));
    }

    [Fact]
    public void Of_an_array_the_wrong_elements_are_left_out_with_all_that_they_name_and_the_others_count()
    {
        byte[] json = Encoding.UTF8.GetBytes(
            """[ {"temperature":1,"door":null}, {"door":null,"odd":1,"temperature":[{"x":[]}]} , 5,{"temperature":1e999}, {"fresh":"a","temperature":2} ]"""
        );

        Assert.True(_batch.TryRead(json, _table, out _));

        Assert.Equal(["temperature=1", "fresh=a temperature=2"], _batch.Points.ToArray().Select(point => Written(point)));
        Assert.Equal(
            [
                """{"door":null,"odd":1,"temperature":[{"x":[]}]} /1/temperature is an array""",
                "5 /2 is the number 5",
                """{"temperature":1e999} /3/temperature is the number 1e999""",
            ],
            _batch.Refused.Select(refused =>
                Encoding.UTF8.GetString(json, refused.Start, refused.Length) + " " + refused.Problem.Detail.Split(';', ',')[0]
            )
        );
        Assert.Equal("""{"temperature":1,"door":null}""", Encoding.UTF8.GetString(_batch.Element(json, 0)));
        Assert.Equal("""{"fresh":"a","temperature":2}""", Encoding.UTF8.GetString(_batch.Element(json, 1)));
        Assert.Equal(1, _batch.NullCount);
        Assert.False(_table.TryFind("odd"u8, out _));
        Assert.True(_table.TryFind("fresh"u8, out _));
    }

    [Fact]
    public void A_device_has_at_most_256_metrics_that_its_model_lacks()
    {
        Read("{" + string.Join(',', Enumerable.Range(0, 256).Select(i => $"\"m{i}\":{i}")) + "}");

        Assert.Equal(256, _table.UnknownCount);
        Assert.Equal(3 + 255, _table.TryFind("m255"u8, out int slot) ? slot : -1);
        Assert.True(_batch.TryRead("""{"m0":1,"temperature":2}"""u8, _table, out _));
        Assert.False(_batch.TryRead("""{"m256":1}"""u8, _table, out PayloadProblem? problem));
        Assert.Equal(PayloadProblemKind.WrongShape, problem.Kind);
    }

    [Fact]
    public void The_table_keeps_the_newest_value_and_the_time_before_it()
    {
        Apply("""{"temperature":1}""", 10);
        Apply("""{"temperature":2}""", 20);
        Apply("""{"temperature":3}""", 15);

        Assert.Equal(MetricValue.FromNumber(2), _table[0].Value);
        Assert.Equal((new Instant(20), new Instant(10)), (_table[0].At, _table[0].PreviousAt));
    }

    [Fact]
    public void Equal_texts_share_one_string()
    {
        Apply("""{"door":"open","note":"as it was"}""", 10);
        (string? door, string? note) = (_table[1].Value.Text, _table[3].Value.Text);
        Apply("""{"door":"closed","note":"as it was"}""", 20);
        Apply("""{"door":"open"}""", 30);

        Assert.Same(door, _table[1].Value.Text);
        Assert.Same(note, _table[3].Value.Text);
    }

    [Fact]
    public void A_table_survives_its_snapshot_and_a_change_of_the_model()
    {
        Apply("""{"temperature":71.25,"door":"open","on":true,"note":"é","n":-1}""", 10);
        Apply("""{"temperature":72}""", 20);
        ArrayBufferWriter<byte> snapshot = new System.Buffers.ArrayBufferWriter<byte>();
        _table.Write(snapshot);

        MetricTable same = MetricTable.Read(snapshot.WrittenSpan, _table.Schema);
        Assert.Equal("temperature=72@20/10 door=open@10 on=true@10 note=é@10 n=-1@10", Written(same));
        MetricSchema changed = TestDevice.Read("""{"id":"m","metrics":{"n":{},"fresh":{},"temperature":{}}}""").Schema;
        Assert.Equal(
            "n=-1@10 fresh= temperature=72@20/10 door=open@10 on=true@10 note=é@10",
            Written(MetricTable.Read(snapshot.WrittenSpan, changed))
        );
    }

    [Fact]
    public void Numbers_are_read_exactly()
    {
        Random random = new(5);
        string[] edges =
        [
            "0",
            "-0",
            "0.1",
            "-0.30000000000000004",
            "999999999999999",
            "9999999999999999",
            "99999999999999.9",
            "0.000000000000001",
            "123456.7890123456",
            "1e-7",
            "5E3",
        ];
        IEnumerable<string> texts = edges.Concat(
            Enumerable
                .Range(0, 5000)
                .Select(_ =>
                    (random.Next(2) * 2 - 1) * Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-3, 13)), random.Next(15))
                        is var number
                        ? number.ToString("R", CultureInfo.InvariantCulture)
                        : ""
                )
        );
        foreach (string? text in texts)
        {
            Read($$"""{"temperature":{{text}}}""");
            Assert.Equal(
                double.Parse(text, CultureInfo.InvariantCulture),
                Assert.Single(_batch.Entries(_batch.Points[0]).ToArray()).Number
            );
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        Random random = new(3);
        ReadOnlySpan<byte> valid = """[{"ts":1000,"seq":1,"values":{"temperature":1.5e3,"door":"o\u0070en","on":true}},{"a":-0.1}]"""u8;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = valid.ToArray();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            bool read = _batch.TryRead(
                bytes.AsSpan(0, random.Next(bytes.Length + 1)),
                new MetricTable(_table.Schema),
                out PayloadProblem? problem
            );
            Assert.Equal(read, problem is null);
        }
    }

    private void Read(string json) =>
        Assert.True(_batch.TryRead(Encoding.UTF8.GetBytes(json), _table, out PayloadProblem? problem), problem?.Detail);

    private void Apply(string json, long at)
    {
        Read(json);
        foreach (TelemetryPoint point in _batch.Points)
            _batch.Apply(point, _table, new Instant(at));
    }

    private string Written(TelemetryPoint point) =>
        string.Join(
            ' ',
            _batch
                .Entries(point)
                .ToArray()
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{_table.Name(entry.Slot)}={_batch.Value(entry, _table)}"))
        );

    private static string Written(MetricTable table) =>
        string.Join(
            ' ',
            Enumerable
                .Range(0, table.Count)
                .Select(slot =>
                {
                    MetricSlot metric = table[slot];
                    string previous = metric.PreviousAt == MetricSlot.Never ? "" : $"/{metric.PreviousAt.UnixMilliseconds}";
                    return metric.IsReported
                        ? $"{table.Name(slot)}={metric.Value}@{metric.At.UnixMilliseconds}{previous}"
                        : $"{table.Name(slot)}=";
                })
        );
}
