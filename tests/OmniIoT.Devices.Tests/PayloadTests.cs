using System.Text;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Tests;

public sealed class PayloadTests
{
    [Theory]
    [InlineData("""{"ts":1000,"lat":40.41,"lon":49.86,"accuracy":8}""", 1000, 8.0)]
    [InlineData("""{"lat":40.41,"lon":49.86,"accuracy":null,"speed":{"value":3}}""", null, null)]
    public void A_location_is_read(string json, int? at, double? accuracy)
    {
        Assert.True(Payload.TryReadLocation(Encoding.UTF8.GetBytes(json), out Location location, out _));

        Assert.Equal(new Location(at is { } time ? new Instant(time) : null, 40.41, 49.86, accuracy), location);
    }

    [Theory]
    [InlineData("""{"lat":90.1,"lon":0}""", PayloadProblemKind.WrongShape, "/lat is the number 90.1; a number from -90 to 90")]
    [InlineData("""{"lat":0,"lon":-180.5}""", PayloadProblemKind.WrongShape, "/lon")]
    [InlineData("""{"lat":"40","lon":0}""", PayloadProblemKind.WrongShape, "/lat is the text '40'")]
    [InlineData("""{"lat":40}""", PayloadProblemKind.WrongShape, "/lon is missing")]
    [InlineData("""{"lat":null,"lon":1}""", PayloadProblemKind.WrongShape, "/lat is null")]
    [InlineData("""{"lat":1,"lon":1,"accuracy":-1}""", PayloadProblemKind.WrongShape, "/accuracy")]
    [InlineData("""{"lat":1e999,"lon":1}""", PayloadProblemKind.NotFinite, "/lat")]
    [InlineData("""{"lat":NaN,"lon":1}""", PayloadProblemKind.NotFinite, "not finite")]
    [InlineData("""{"lat":"x","lon":""", PayloadProblemKind.InvalidJson, "Not JSON")]
    [InlineData("""[{"lat":1,"lon":1}]""", PayloadProblemKind.WrongShape, "an array; an object")]
    [InlineData("", PayloadProblemKind.InvalidJson, "Not JSON")]
    public void A_wrong_location_is_named(string json, PayloadProblemKind kind, string detail)
    {
        Assert.False(Payload.TryReadLocation(Encoding.UTF8.GetBytes(json), out _, out PayloadProblem? problem));

        Assert.Equal(kind, problem.Kind);
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ts":1000,"type":"error","code":"E42","message":"no water"}""", "error E42 no water")]
    [InlineData("""{"code":"E\u0034\u0032"}""", " E42 ")]
    [InlineData("""{"type":"started","message":null}""", "started  ")]
    public void An_event_is_read(string json, string expected)
    {
        Assert.True(Payload.TryReadEvent(Encoding.UTF8.GetBytes(json), out DeviceEvent read, out _));

        Assert.Equal(
            expected,
            $"{Encoding.UTF8.GetString(read.Type)} {Encoding.UTF8.GetString(read.Code)} {Encoding.UTF8.GetString(read.Message)}"
        );
    }

    [Theory]
    [InlineData("""{"message":"x"}""", "/type is missing")]
    [InlineData("""{"type":5}""", "/type is the number 5")]
    [InlineData("""{"type":"a","ts":true}""", "/ts is a boolean")]
    public void A_wrong_event_is_named(string json, string detail)
    {
        Assert.False(Payload.TryReadEvent(Encoding.UTF8.GetBytes(json), out _, out PayloadProblem? problem));

        Assert.Equal(PayloadProblemKind.WrongShape, problem.Kind);
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_response_is_read()
    {
        Assert.True(
            Payload.TryReadCommandResponse(
                """{"status":"failed","result":{"a":[1, 2]},"error":"jammed"}"""u8,
                out CommandResponse response,
                out _
            )
        );

        Assert.False(response.Succeeded);
        Assert.Equal("""{"a":[1, 2]}""", Encoding.UTF8.GetString(response.Result));
        Assert.Equal("jammed", Encoding.UTF8.GetString(response.Error));
        Assert.True(Payload.TryReadCommandResponse("""{"status":"succeeded"}"""u8, out CommandResponse done, out _));
        Assert.True(done.Succeeded && done.Result.IsEmpty);
    }

    [Theory]
    [InlineData("""{"result":1}""", "/status is missing")]
    [InlineData("""{"status":"done"}""", "/status is the text 'done'; 'succeeded' or 'failed'")]
    public void A_wrong_command_response_is_named(string json, string detail)
    {
        Assert.False(Payload.TryReadCommandResponse(Encoding.UTF8.GetBytes(json), out _, out PayloadProblem? problem));
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", PayloadProblemKind.InvalidJson)]
    [InlineData("""[1]""", PayloadProblemKind.WrongShape)]
    [InlineData("""{"a":""", PayloadProblemKind.InvalidJson)]
    public void A_wrong_patch_is_named(string json, PayloadProblemKind kind)
    {
        Assert.False(Payload.TryReadPatch(Encoding.UTF8.GetBytes(json), out _, out PayloadProblem? problem));
        Assert.Equal(kind, problem.Kind);
    }

    [Fact]
    public void Sightings_come_one_by_one_or_as_an_array()
    {
        SightingBatch batch = new();

        Assert.True(batch.TryRead("""{"ts":1000,"tag":"tag-1","rssi":-61}"""u8, SightingSource.Scanner, out _));
        Assert.Equal(new Sighting(new Instant(1000), -61, null, 0, 5), Assert.Single(batch.Sightings.ToArray()));
        Assert.True(
            batch.TryRead(
                """[{"beacon":"u:1:2","rssi":-67,"txPower":-59},{"beacon":"u:1:3","rssi":-70.5}]"""u8,
                SightingSource.Phone,
                out _
            )
        );
        Assert.Equal(
            ["u:1:2 -67 -59", "u:1:3 -70.5 "],
            batch
                .Sightings.ToArray()
                .Select(sighting =>
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{Encoding.UTF8.GetString(batch.Id(sighting))} {sighting.RssiDbm} {sighting.TxPowerDbm}"
                    )
                )
        );
    }

    [Fact]
    public void Of_an_array_of_sightings_the_wrong_ones_are_left_out_and_the_others_count()
    {
        SightingBatch batch = new();
        byte[] json = Encoding.UTF8.GetBytes("""[{"tag":"a b","rssi":-1},{"tag":"one","rssi":-2},[[]],{"tag":"two","rssi":-3}]""");

        Assert.True(batch.TryRead(json, SightingSource.Scanner, out _));

        Assert.Equal(["one", "two"], batch.Sightings.ToArray().Select(sighting => Encoding.UTF8.GetString(batch.Id(sighting))));
        Assert.Equal(
            ["""{"tag":"a b","rssi":-1}""", "[[]]"],
            batch.Refused.Select(refused => Encoding.UTF8.GetString(json, refused.Start, refused.Length))
        );
        Assert.Equal("""{"tag":"two","rssi":-3}""", Encoding.UTF8.GetString(batch.Element(json, 1)));
    }

    [Theory]
    [InlineData("""{"rssi":-61}""", "/tag is missing")]
    [InlineData("""{"tag":"a"}""", "/rssi is missing")]
    [InlineData("""[{"tag":"a b","rssi":-1},{"rssi":-1}]""", "/0/tag is the text 'a b'")]
    [InlineData("""[{"tag":"a","rssi":"loud"}]""", "/0/rssi is the text 'loud'")]
    [InlineData("""[[]]""", "/0 is an array")]
    public void A_wrong_sighting_is_named(string json, string detail)
    {
        SightingBatch batch = new();

        Assert.False(batch.TryRead(Encoding.UTF8.GetBytes(json), SightingSource.Scanner, out PayloadProblem? problem));
        Assert.Equal(PayloadProblemKind.WrongShape, problem.Kind);
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(0, batch.Sightings.Length);
    }
}
