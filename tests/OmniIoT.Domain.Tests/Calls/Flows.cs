using System.Text.Json;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Tests.Calls;

internal static class Flows
{
    /// <summary>Each kind of node once, as the contract has them.</summary>
    public const string Whole = """
        {"start":"n1","nodes":{
          "n1":{"say":{"en":"Welcome","az":"Xoş gəlmisiniz"},"next":"n2"},
          "n2":{"gather":{"digits":1,"speech":true,"choices":{"1":{"next":"n3","words":{"en":["person"],"az":["adam"]}},
            "2":{"next":"n7"},"3":{"next":"n8"}},"again":{"en":"Once more"},"tries":3,"exhausted":"n5"}},
          "n3":{"branch":[{"when":"device.health == 'major'","next":"n4"}],"otherwise":"n5"},
          "n4":{"sayDeviceStatus":true,"next":"n6"},
          "n5":{"queue":"washers","music":null},
          "n6":{"callback":{"queue":"washers"}},
          "n7":{"sendLink":{"channel":"sms","to":"chat","text":{"en":"Go on: {link}"}}},
          "n8":{"voicemail":{"queue":"washers"}},
          "n9":{"hangup":true}}}
        """;

    public static Instant Now { get; } = Instant.FromTime(new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.Zero));

    public static Flow Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return FlowReader.Read("main", document.RootElement).Value!;
    }

    public static CallView View(params DeviceReport[] devices) =>
        new()
        {
            Locale = "en",
            Now = Now,
            Queue = "support",
            Desk = DeskRules.Empty,
            Facts = new CallFacts { Devices = devices, Queues = [new QueueLoad("washers", 4, Now - TimeSpan.FromMinutes(3))] },
        };

    public static DeviceReport Ill { get; } =
        new("w1", "Washer 7", "washer", new DeviceAlarm("overheat", Severity.Major, Now - TimeSpan.FromHours(1), null));

    public static DeviceReport Well { get; } = new("w2", "Washer 8", "washer", null);
}
