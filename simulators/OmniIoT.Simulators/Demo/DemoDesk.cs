using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Demo;

/// <summary>What the desk of the demonstration has written: something to look at on each of its pages.</summary>
internal static class DemoDesk
{
    private static readonly (string Address, string Document)[] Written =
    [
        (
            "articles/washer-too-hot",
            """
            {
              "title": { "en": "The washer gets too hot", "az": "Paltaryuyan həddən artıq qızır" },
              "body": {
                "en": "Stop the programme and pull the plug. Let it cool for half an hour. We see it too, and send a technician.",
                "az": "Proqramı dayandırın və ştepseli çəkin. Yarım saat soyumasını gözləyin. Biz də görürük, texnik göndəririk."
              },
              "keywords": { "en": ["hot", "overheating", "burning"], "az": ["isti", "qızır"] },
              "models": ["washer-w2"],
              "status": "published",
              "public": true
            }
            """
        ),
        (
            "surveys/after-help",
            """
            {
              "name": "After our help",
              "type": "csat",
              "on": "case.resolved",
              "delayMinutes": 0,
              "followUpBelow": 3
            }
            """
        ),
        (
            "themes/waiting",
            """{ "name": "Waiting", "keywords": { "en": ["wait", "waited", "late", "slow"], "az": ["gözlədim", "gec"] } }"""
        ),
        ("themes/noise", """{ "name": "Noise", "keywords": { "en": ["loud", "noise", "noisy"], "az": ["səs", "səs-küy"] } }"""),
        (
            "flows/main",
            """
            {
              "name": "Main line",
              "start": "hello",
              "nodes": {
                "hello": { "say": { "en": "Welcome.", "az": "Xoş gəlmisiniz." }, "next": "known" },
                "known": { "branch": [{ "when": "device.health == 'major'", "next": "status" }], "otherwise": "ask" },
                "status": { "sayDeviceStatus": true, "next": "ask" },
                "ask": {
                  "gather": {
                    "digits": 1,
                    "speech": true,
                    "choices": {
                      "1": { "next": "person", "words": { "en": ["person"], "az": ["operator"] } },
                      "2": { "next": "later", "words": { "en": ["call me back"], "az": ["mənə zəng edin"] } }
                    },
                    "again": { "en": "Press 1 for a person, 2 to be called back.", "az": "Operator üçün 1, geri zəng üçün 2 basın." },
                    "exhausted": "person"
                  }
                },
                "person": { "queue": "support" },
                "later": { "callback": { "queue": "support" } }
              }
            }
            """
        ),
    ];

    /// <summary>What people have made of it since stays.</summary>
    public static async Task PutAsync(OmniApi api, CancellationToken cancellationToken)
    {
        foreach ((string address, string document) in Written)
        {
            if (await api.FindAsync(address, cancellationToken) is null)
                await api.PutAsync(address, document, cancellationToken);
        }
    }
}
