using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Fleet;
using OmniIoT.Simulators.Physics;

namespace OmniIoT.Simulators.Tests.Physics;

public sealed class ProductTests
{
    private static readonly JsonElement NoArguments = JsonDocument.Parse("{}").RootElement;

    public static TheoryData<string> Kinds => ["washer", "espresso", "cold", "press", "scanner"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_tells_the_same_story(string kind)
    {
        Assert.Equal(Story(Create(kind, 7)), Story(Create(kind, 7)));
        Assert.NotEqual(Story(Create(kind, 7)), Story(Create(kind, 8)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Values_are_the_models_metrics_and_a_new_product_is_healthy_for_a_day(string kind)
    {
        Product product = Create(kind, 3);
        IOrderedEnumerable<string> metrics = SampleModels.Read(product.Model)["metrics"]!
            .AsObject()
            .Select(metric => metric.Key)
            .Order(StringComparer.Ordinal);

        Assert.Equal(metrics, Values(product).Select(value => value.Key).Order(StringComparer.Ordinal));
        for (int minute = 0; minute < 1440; minute++)
        {
            product.Advance(TimeSpan.FromMinutes(1));
            JsonObject values = Values(product);
            if (values["temperature"] is { } temperature)
                Assert.InRange((double)temperature, -5, 100);
            if (kind == "washer")
                Assert.True((double)values["temperature"]! < 75, $"{values}");
            if (kind == "press")
                Assert.InRange((double)values["temperature"]!, 56, 106);
            if (kind == "espresso")
                Assert.True((double)values["boiler"]! < 130, $"{values}");
        }
    }

    [Fact]
    public void A_welded_heater_keeps_a_washer_above_its_alarm()
    {
        WashingMachine washer = new(new Random(1));
        washer.WeldHeater(82);

        for (int second = 0; second < 600; second++)
        {
            washer.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(washer.Celsius, 80.5, 100);
        }
        washer.Execute("slow-spin", NoArguments);
        washer.Advance(TimeSpan.FromMinutes(5));
        Assert.True(washer.Celsius > 80, "only a technician helps");

        washer.Repair();
        washer.Advance(TimeSpan.FromMinutes(20));
        Assert.True(washer.Celsius < 75, $"{washer.Celsius}");
    }

    [Fact]
    public void Slow_spin_cools_a_washer_whose_bearing_is_worn()
    {
        (WashingMachine? spinning, WashingMachine? slowed) = (Worn(), Worn());
        slowed.Execute("slow-spin", NoArguments);

        spinning.Advance(TimeSpan.FromMinutes(8));
        slowed.Advance(TimeSpan.FromMinutes(8));

        Assert.True(slowed.Celsius < spinning.Celsius - 3, $"{slowed.Celsius} against {spinning.Celsius}");

        // Welded and repaired at once: that sets the programme to the washing and the water to 60 degrees.
        static WashingMachine Worn()
        {
            WashingMachine washer = new(new Random(1), bearingWear: 0.9);
            washer.WeldHeater(60);
            washer.ReleaseHeater();
            return washer;
        }
    }

    [Fact]
    public void A_worn_bearing_shakes_before_it_breaks()
    {
        double[] levels = new[] { 0.0, 0.5, 0.9 }.Select(wear => Peak(new WashingMachine(new Random(1), wear), "vibration")).ToArray();

        Assert.True(levels[0] < 4.5 && levels[0] < levels[1] && levels[1] < levels[2] && levels[2] > 7.1, string.Join(' ', levels));
    }

    [Fact]
    public void Scale_makes_a_boiler_overshoot()
    {
        Assert.True(Peak(new EspressoMachine(new Random(1)), "boiler") < 121);
        Assert.True(Peak(new EspressoMachine(new Random(1), scale: 1), "boiler") > 130);
    }

    [Fact]
    public void An_iced_cold_room_warms_up_until_it_is_defrosted()
    {
        ColdStorage room = new(new Random(1), sealWear: 0.9, ice: 1);
        room.Advance(TimeSpan.FromHours(5));
        Assert.True(room.Celsius > 8, $"{room.Celsius}");

        room.Execute("defrost", NoArguments);
        room.Advance(TimeSpan.FromHours(4));
        Assert.True(room.Celsius < 6, $"{room.Celsius}");
    }

    [Fact]
    public void A_seized_press_falls_cold()
    {
        IndustrialPress press = new(new Random(1), bearingWear: 1);
        press.Advance(TimeSpan.FromHours(6));

        Assert.True((double)Values(press)["temperature"]! < 30);
        Assert.Equal(0, (double)Values(press)["force"]!);
    }

    [Fact]
    public void Wear_feeds_itself()
    {
        Wear wear = new(nominalHours: 100);
        wear.Step(TimeSpan.FromHours(50), load: 1);
        double early = wear.Level;
        for (int hour = 0; hour < 200 && wear.Level < 1; hour++)
            wear.Step(TimeSpan.FromHours(1), load: 1);

        Assert.InRange(early, 0.01, 0.3);
        Assert.Equal(1, wear.Level);
    }

    [Fact]
    public void A_thermal_mass_does_not_depend_on_the_steps()
    {
        (ThermalMass coarse, ThermalMass fine) = (new ThermalMass(20, 100), new ThermalMass(20, 100));
        coarse.Step(TimeSpan.FromSeconds(60), 80);
        for (int step = 0; step < 60; step++)
            fine.Step(TimeSpan.FromSeconds(1), 80);

        Assert.Equal(coarse.Celsius, fine.Celsius, 9);
    }

    [Fact]
    public void Commands_that_a_product_does_not_know_fail()
    {
        Assert.NotNull(Create("washer", 1).Execute("make-coffee", NoArguments).Error);
        Assert.Null(Create("washer", 1).Execute("restart", NoArguments).Error);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_command_of_the_model_succeeds(string kind)
    {
        Product product = Create(kind, 1);

        Assert.All(
            SampleModels.Read(product.Model)["commands"]!.AsObject(),
            command => Assert.Null(product.Execute(command.Key, NoArguments).Error)
        );
    }

    [Fact]
    public void Desired_settings_are_taken_within_their_range_and_reported()
    {
        Product washer = Create("washer", 1);

        Assert.True(
            washer.Apply(
                new JsonObject
                {
                    ["reportSeconds"] = 5,
                    ["setCelsius"] = 400,
                    ["colour"] = 1,
                    ["firmware"] = "9",
                }
            )
        );
        Assert.Equal(TimeSpan.FromSeconds(5), washer.ReportInterval);
        Assert.Equal(75, (double)washer.Reported["setCelsius"]!);
        Assert.Null(washer.Reported["colour"]);
        Assert.False(washer.Apply(new JsonObject { ["reportSeconds"] = 5 }));
    }

    private static Product Create(string kind, int seed) =>
        kind switch
        {
            "washer" => new WashingMachine(new Random(seed)),
            "espresso" => new EspressoMachine(new Random(seed)),
            "cold" => new ColdStorage(new Random(seed)),
            "press" => new IndustrialPress(new Random(seed)),
            _ => new SiteScanner(new Random(seed)),
        };

    private static string Story(Product product)
    {
        StringBuilder story = new();
        for (int minute = 0; minute < 60; minute++)
        {
            product.Advance(TimeSpan.FromMinutes(1));
            story.Append(Values(product).ToJsonString());
        }
        return story.ToString();
    }

    private static double Peak(Product product, string metric)
    {
        double peak = double.MinValue;
        for (int step = 0; step < 720; step++)
        {
            product.Advance(TimeSpan.FromSeconds(10));
            peak = Math.Max(peak, (double)Values(product)[metric]!);
        }
        return peak;
    }

    private static JsonObject Values(Product product)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        product.WriteValues(json);
        json.WriteEndObject();
        json.Flush();
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }
}
