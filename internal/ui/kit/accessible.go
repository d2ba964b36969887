package kit

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
)

// What a screen reader says of the controls of the kit. The toolkit knows four
// roles and no states, so that a state is part of the label: a sign that screen
// readers have a word for in every language.

const (
	ticked   = "☑ "
	unticked = "☐ "
)

var (
	_ fyne.Accessible = (*Entry)(nil)
	_ fyne.Accessible = (*Choice[string])(nil)
	_ fyne.Accessible = (*Check)(nil)
	_ fyne.Accessible = (*Button)(nil)
	_ fyne.Accessible = (*rowView)(nil)
	_ fyne.Accessible = (*tableList)(nil)
	_ fyne.Accessible = (*bar)(nil)
	_ fyne.Accessible = (*columnChart)(nil)
)

// labelled joins the name of a control and its value.
func labelled(name, value string) string {
	if name == "" || value == "" {
		return name + value
	}
	return name + ": " + value
}

// SetLabel names the field for who cannot see what stands above it; a Field
// does so with its label.
func (e *Entry) SetLabel(name string) { e.label = name }

// AccessibilityLabel is the name of the field, or its example, and what is in
// it. What is hidden on the screen is not said.
func (e *Entry) AccessibilityLabel() string {
	name, value := e.label, e.Text
	if name == "" {
		name = e.PlaceHolder
	}
	if e.Password {
		value = strings.Repeat("•", min(1, len(value)))
	}
	return labelled(name, value)
}

// AccessibilityRole is that of text.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// SetLabel names the list for who cannot see what stands above it; a Field does
// so with its label.
func (c *Choice[T]) SetLabel(name string) { c.label = name }

// AccessibilityLabel is the name of the list and what is chosen.
func (c *Choice[T]) AccessibilityLabel() string {
	value := c.Selected
	if value == "" {
		value = c.PlaceHolder
	}
	return labelled(c.label, value)
}

// AccessibilityRole is that of a button.
func (c *Choice[T]) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel is the words and whether the box is ticked.
func (c *Check) AccessibilityLabel() string { return tick(c.Checked) + c.Text }

// AccessibilityRole is that of a button.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func tick(on bool) string {
	if on {
		return ticked
	}
	return unticked
}

// AccessibilityLabel is the words, and whether it is the chosen one of several.
func (b *Button) AccessibilityLabel() string {
	if b.chosen {
		return ticked + b.Text
	}
	return b.Button.AccessibilityLabel()
}

// AccessibilityLabel is what the columns say.
func (v *rowView) AccessibilityLabel() string {
	var words []string
	for _, c := range v.cells {
		if c.Text != "" {
			words = append(words, c.Text)
		}
	}
	text := strings.Join(words, ", ")
	if v.spec.boxes && !v.head {
		text = tick(v.marked) + text
	}
	return text
}

// AccessibilityRole is that of text.
func (v *rowView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is the titles of the columns.
func (l *tableList) AccessibilityLabel() string { return l.label }

// AccessibilityRole is that of a container.
func (l *tableList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// AccessibilityLabel is how far it has come.
func (b *bar) AccessibilityLabel() string { return strconv.Itoa(int(b.fraction*100)) + "%" }

// AccessibilityRole is that of text.
func (b *bar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel is the values from left to right.
func (c *columnChart) AccessibilityLabel() string {
	words := make([]string, len(c.values))
	for i, n := range c.values {
		words[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(words, ", ")
}

// AccessibilityRole is that of text.
func (c *columnChart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
