package label

import "testing"

func TestTwoPersonsCarryABoxFrom34Kilograms(t *testing.T) {
	for grams, marked := range map[int]bool{14_500: false, 33_999: false, 34_000: true, 61_000: true, 0: true} {
		page, err := engine().MarksSheet(MarksSheet{Language: "en", WorkOrder: "JM-1", N: 1, Of: 1, Grams: grams})
		if err != nil {
			t.Fatal(err)
		}
		seen := false
		for _, item := range page.Items {
			text, is := item.(Text)
			seen = seen || is && text.Element == "heavy"
		}
		if seen != marked {
			t.Errorf("%d g: marked %v", grams, seen)
		}
	}
}
