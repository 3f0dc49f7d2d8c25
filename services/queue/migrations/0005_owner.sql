-- Whose event it is, as catalog says; its organiser runs the sale.
ALTER TABLE sales ADD COLUMN owner_id uuid;
